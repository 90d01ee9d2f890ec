/** The register of a group session: for each child who came, and what to pass on; nobody sees it but who gives it. */
import { useLocation } from "preact-iso/router";
import type { FieldErrors } from "../../api/client";
import type { Choice, Field, GroupRow, GroupSession, Option, Value, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { useDrafting } from "../../lib/drafting";
import { dateTimeText } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { Clashes, Kept } from "../act/drafted";
import { Problems } from "../act/problems";

export default function GroupRoute({ params }: { params: { id: string } }) {
  return <Group key={params.id} id={params.id} />;
}

function Group({ id }: { id: string }) {
  const resource = useResource<GroupSession>(`group-sessions/${id}/`);
  const group = resource.data.value;
  return (
    <Page
      title={group?.planned_at ? `Group session, ${dateTimeText(group.planned_at)}` : "Group session"}
      back={{ href: BACK, label: "Sessions ahead" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={group !== null}
    >
      {group && <Register group={group} />}
    </Page>
  );
}

type Row = Record<string, Value>;

const BACK = "/giving?view=sessions";
/** What an answer about one child is kept as, until the register is sent. */
const keptAs = (row: GroupRow, name: string) => `r${row.id.replaceAll("-", "")}_${name}`;

function answersOf(group: GroupSession, row: GroupRow, values: Values): Row {
  const given = fieldsOf(group, row).map(({ name }) => [name, values[keptAs(row, name)]] as const);
  return Object.fromEntries(given.filter((one): one is [string, Value] => one[1] !== undefined));
}

const askedOf = (group: GroupSession, row: GroupRow): Field[] =>
  fieldsOf(group, row).map((field) => ({
    ...field,
    name: keptAs(row, field.name),
    label: `${row.child_name ?? "A child"}: ${field.label}`,
  }));

function Register({ group }: { group: GroupSession }) {
  const { route } = useLocation();
  const drafting = useDrafting(`/api/v1/group-sessions/${group.id}/register/draft/`);
  const action = useAction(undefined, drafting?.autosave);
  const waiting = group.rows.filter(({ state }) => state === "planned");
  const over = group.rows.filter((row) => !waiting.includes(row));

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const option = { url: `/api/v1/group-sessions/${group.id}/register/`, input: [] as Field[] } as unknown as Option;
    const given = waiting.map((row) => ({
      ...answersOf(group, row, action.values),
      session: row.id,
      version: row.version,
    }));
    if (!(await action.submit(option, undefined, { rows: given as Value[] }))) return;
    forgetAll();
    notice.value = {
      title: "The register is kept",
      lines: [`${given.length} children. Each stands in their own record.`],
    };
    route(BACK);
  };

  return (
    <>
      <p>{[group.worked_on, group.mode_label].filter(Boolean).join(" · ")}</p>
      <Options options={group.options} />
      {over.length > 0 && (
        <SummaryList rows={over.map((row) => ({ label: row.child_name ?? "A child", value: howItWas(row) }))} />
      )}
      {waiting.length > 0 && isAhead(group) && <Expected rows={waiting} />}
      {waiting.length > 0 && !isAhead(group) && drafting?.isRead && (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible />
          <Clashes drafting={drafting} fields={waiting.flatMap((row) => askedOf(group, row))} />
          {waiting.map((row, place) => (
            <OneChild
              key={row.id}
              prefix={`rows.${place}`}
              errors={action.failure?.fields ?? {}}
              row={row}
              group={group}
              value={answersOf(group, row, action.values)}
              onChange={(name, value) => action.set(keptAs(row, name), value)}
            />
          ))}
          <button type="submit" class="govuk-button" disabled={action.busy}>
            {action.busy ? "Sending…" : "Keep the register"}
          </button>
          <Kept drafting={drafting} back={BACK} />
        </form>
      )}
    </>
  );
}

const isAhead = ({ planned_at: at }: GroupSession) => at !== null && new Date(at) > new Date();

/** Before it begins nothing is known of it but who is to come. */
function Expected({ rows }: { rows: GroupRow[] }) {
  return (
    <section class="app-section" aria-labelledby="expected">
      <h2 class="govuk-heading-m" id="expected">
        Who is to come
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {rows.map((row) => (
          <li key={row.id}>
            {row.child_name ?? "A child"}, <a href={`/interventions/${row.intervention_id}`}>{row.service_name}</a>
          </li>
        ))}
      </ul>
      <p>Its register opens here when it begins.</p>
    </section>
  );
}

const howItWas = (row: GroupRow) => [row.outcome_label, row.not_held_words].filter(Boolean).join(". ");

interface OneProps {
  row: GroupRow;
  group: GroupSession;
  prefix: string;
  errors: FieldErrors;
  value: Row;
  onChange: (name: string, value: Value) => void;
}

function OneChild({ row, group, prefix, errors, value, onChange }: OneProps) {
  return (
    <section class="app-section" aria-label={`${row.child_name ?? "A child"}, ${row.service_name}`}>
      <h2 class="govuk-heading-m">{row.child_name}</h2>
      <p class="app-quiet">{row.service_name}</p>
      <FormFields fields={fieldsOf(group, row)} values={value} errors={errors} prefix={prefix} onChange={onChange} />
    </section>
  );
}

const choice = (name: string, label: string, choices: Choice[], required: boolean): Field => ({
  name,
  label,
  hint: "",
  kind: "choice",
  required,
  choices,
  max_length: null,
  fields: null,
  show_if: null,
  not_known: false,
});

/** As few questions as keep a register: who came, which of their goals it worked on, and what has to be passed on. */
function fieldsOf(group: GroupSession, row: GroupRow): Field[] {
  const text = (name: string, label: string): Field => ({
    ...choice(name, label, [], false),
    kind: "long_text",
    choices: null,
  });
  const notHeld = { field: "outcome", values: group.not_held as Value[] };
  return [
    choice("outcome", "Did they come?", group.outcomes as unknown as Choice[], true),
    { ...choice("not_held_why", "Why?", group.not_held_reasons as unknown as Choice[], true), show_if: notHeld },
    { ...text("not_held_text", "Anything to add?"), kind: "text", max_length: 300, show_if: notHeld },
    ...(row.goals.length > 0 ? [goalsOf(row)] : []),
    text("child_feedback", "What did the child say about it?"),
    choice("concern", "Is there anything to pass on?", group.concerns as unknown as Choice[], false),
    { ...text("concern_text", "What is it?"), show_if: { field: "concern", values: CONCERNS(group) } },
  ];
}

const goalsOf = (row: GroupRow): Field => ({
  ...choice("goals", "Which goals did it work on?", row.goals as unknown as Choice[], false),
  kind: "choices",
});

const CONCERNS = (group: GroupSession): Value[] =>
  group.concerns.map(({ value }) => value ?? "").filter((value) => value !== "none");
