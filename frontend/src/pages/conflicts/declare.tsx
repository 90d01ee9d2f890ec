/** Declaring a conflict of interest with a child as one describes it; the answer never says whether the child is known. */
import { labelOf } from "../../lib/navigation";
import { asOption } from "../people/place";
import { FormPage } from "./form_page";

export { OpenGlass } from "../oversight/open";

const LABEL = "Declare a conflict of interest";

export default function Declare() {
  return (
    <FormPage
      label={LABEL}
      back={{ href: "/conflicts", label: labelOf("conflicts", "Conflicts of interest") }}
      form="conflicts/form/"
      option={(input) => asOption(LABEL, "/api/v1/conflicts/", input)}
      does="Declare it"
      doing="Sending…"
      done={{
        title: "A manager will look at it",
        lines: ["For the child’s privacy nobody can tell you whether they are known here."],
      }}
    >
      <p class="govuk-body-l">
        If you have one of the child’s records in front of you, declare it there: then it holds at once.
      </p>
    </FormPage>
  );
}
