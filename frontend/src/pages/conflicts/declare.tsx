/** Declaring a conflict of interest with a child as one describes it; the answer never says whether the child is known. */
import { useLocation } from "preact-iso/router";
import type { ConflictDetail, ConflictForm } from "../../api/types";
import { useAction } from "../../lib/action";
import { labelOf, notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { OneForm } from "../../ui/fields/one_form";
import { Page } from "../../ui/page";
import { asOption } from "../people/place";

const LABEL = "Declare a conflict of interest";

export default function Declare() {
  const { route } = useLocation();
  const resource = useResource<ConflictForm>("conflicts/form/");
  const form = resource.data.value;
  const action = useAction();
  const submit = async () => {
    if (!form) return;
    const option = asOption(LABEL, "/api/v1/conflicts/", form.input);
    const made = (await action.submit(option, undefined)) as ConflictDetail | null;
    if (!made) return;
    forgetAll();
    notice.value = {
      title: "A manager will look at it",
      lines: ["For the child’s privacy nobody can tell you whether they are known here."],
    };
    route(made.leads_to);
  };
  return (
    <Page
      title={LABEL}
      back={{ href: "/conflicts", label: labelOf("conflicts", "Conflicts of interest") }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={form !== null}
    >
      {form && (
        <OneForm
          action={action}
          fields={form.input}
          heading={LABEL}
          does="Declare it"
          doing="Sending…"
          onSubmit={submit}
        >
          <p class="govuk-body-l">
            If you have one of the child’s records in front of you, declare it there: then it holds at once.
          </p>
        </OneForm>
      )}
    </Page>
  );
}
