/** Opening a child's records in an emergency: whose, and why it cannot wait. The answer never says what there is. */
import { labelOf } from "../../lib/navigation";
import { FormPage } from "../conflicts/form_page";
import { asOption } from "../people/place";

const LABEL = "Read a child’s records in an emergency";

export function OpenGlass() {
  return (
    <FormPage
      label={LABEL}
      back={{ href: "/break-glass", label: labelOf("break-glass", "Emergency reading") }}
      form="break-glass/form/"
      option={(input) => asOption(LABEL, "/api/v1/break-glass/", input)}
      does="Open the records for four hours"
      doing="Opening…"
      done={{
        title: "You can read these records for four hours",
        lines: ["Your manager and information governance have been told."],
      }}
    >
      <p class="govuk-body-l">If somebody is being hurt, ring 999 first.</p>
      <p>
        You read, and change nothing. It is one child, with brothers and sisters who were referred together. Your
        manager and information governance are told now, and the agency that leads sees that you looked. Nobody is
        blamed for an honest worry.
      </p>
    </FormPage>
  );
}
