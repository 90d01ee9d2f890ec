/** Planning one session for several children whom one's agency helps: who, when and where. */
import { useLocation } from "preact-iso/router";
import type { Field, GroupSession, InterventionRow, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { useDrafting } from "../../lib/drafting";
import { nameAndAge } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, remember, useResource, useRows } from "../../lib/resource";
import { session } from "../../session";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Clashes, Kept } from "../act/drafted";
import { Problems } from "../act/problems";

const BACK = "/giving?view=under-way";

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
      back={{ href: BACK, label: "Under way" }}
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

/** Whom it is for: everybody whom the agency helps now, by name. */
const whoField = (rows: InterventionRow[]): Field => ({
  name: "interventions",
  label: "Who is it for?",
  hint: "",
  kind: "choices",
  required: true,
  choices: rows.map((row) => ({ value: row.id, label: `${whose(row)}, ${row.service_name}` })),
  max_length: null,
  fields: null,
  show_if: null,
  not_known: false,
});

const whose = (row: InterventionRow) =>
  row.child_name ? nameAndAge(row.child_name, row.child_age) : row.case_reference;

function Plan({ rows }: { rows: InterventionRow[] }) {
  const { route } = useLocation();
  const agency = session.value?.membership?.agency.id;
  const drafting = useDrafting(agency ? `/api/v1/group-sessions/plan/${agency}/draft/` : "");
  const action = useAction(undefined, drafting?.autosave);
  const input = [whoField(rows), ...useForm(rows[0]?.id)];

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const option = { url: "/api/v1/group-sessions/", input } as Option;
    const made = (await action.submit(option, undefined)) as GroupSession | null;
    if (!made) return;
    forgetAll();
    remember(`group-sessions/${made.id}/`, made);
    notice.value = { title: "The session is planned", lines: [`${made.rows.length} children are in it.`] };
    route(`/group-sessions/${made.id}`);
  };

  if (drafting && !drafting.isRead) return null;
  return (
    <form onSubmit={submit} noValidate autocomplete="off">
      <Problems action={action} possible />
      {drafting && <Clashes drafting={drafting} fields={input} />}
      <FormFields fields={input} values={action.values} errors={action.failure?.fields ?? {}} onChange={action.set} />
      <button type="submit" class="govuk-button" disabled={action.busy}>
        {action.busy ? "Sending…" : "Plan the session"}
      </button>
      {drafting && <Kept drafting={drafting} back={BACK} />}
    </form>
  );
}
