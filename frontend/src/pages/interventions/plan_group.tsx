/** Planning one session for several children whom one's agency helps: who, when and where. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Field, GroupSession, InterventionRow, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { nameAndAge } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, remember, useResource, useRows } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Problems } from "../act/problems";

/** The form is the same as for one child's session, which every intervention under way offers. */
function useForm(first: string | undefined): Field[] {
  const one = useResource<{ options: Option[] }>(`interventions/${first}/`);
  return one.data.value?.options.find(({ name }) => name === "plan_session")?.input ?? [];
}

export default function PlanGroupRoute() {
  const list = useRows<InterventionRow>("interventions/?view=under-way&page_size=100");
  return (
    <Page
      title="Plan a session for several children"
      back={{ href: "/giving?view=under-way", label: "Under way" }}
      narrow
      error={list.error}
      retry={list.reload}
      ready={list.rows !== null}
    >
      {list.rows && list.rows.length > 0 && <Plan rows={list.rows} />}
      {list.rows?.length === 0 && <p>Your agency helps nobody through a case now.</p>}
    </Page>
  );
}

function Plan({ rows }: { rows: InterventionRow[] }) {
  const { route } = useLocation();
  const action = useAction();
  const [chosen, setChosen] = useState<string[]>([]);
  const input = useForm(rows[0]?.id);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const option = { url: "/api/v1/group-sessions/", input } as Option;
    const made = (await action.submit(option, undefined, { interventions: chosen })) as GroupSession | null;
    if (!made) return;
    forgetAll();
    remember(`group-sessions/${made.id}/`, made);
    notice.value = { title: "The session is planned", lines: [`${made.rows.length} children are in it.`] };
    route(`/group-sessions/${made.id}`);
  };

  return (
    <form onSubmit={submit} noValidate autocomplete="off">
      <Problems action={action} possible />
      <fieldset class="govuk-fieldset govuk-form-group">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Who is it for?</legend>
        <div class="govuk-checkboxes govuk-checkboxes--small">
          {rows.map((row) => (
            <div class="govuk-checkboxes__item" key={row.id}>
              <input
                class="govuk-checkboxes__input"
                id={`for-${row.id}`}
                type="checkbox"
                checked={chosen.includes(row.id)}
                onChange={(event) =>
                  setChosen(event.currentTarget.checked ? [...chosen, row.id] : chosen.filter((one) => one !== row.id))
                }
              />
              <label class="govuk-label govuk-checkboxes__label" for={`for-${row.id}`}>
                {row.child_name ? nameAndAge(row.child_name, row.child_age) : row.case_reference}, {row.service_name}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <FormFields fields={input} values={action.values} errors={action.failure?.fields ?? {}} onChange={action.set} />
      <button type="submit" class="govuk-button" disabled={action.busy || chosen.length === 0}>
        {action.busy ? "Sending…" : "Plan the session"}
      </button>
    </form>
  );
}
