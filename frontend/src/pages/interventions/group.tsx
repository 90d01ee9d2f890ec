/** The register of a group session: for each child who came, and what to pass on; nobody sees it but who gives it. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { FieldErrors } from "../../api/client";
import type { Choice, Field, GroupRow, GroupSession, Option, Value } from "../../api/types";
import { useAction } from "../../lib/action";
import { dateTimeText } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
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
      back={{ href: "/giving?view=sessions", label: "Sessions ahead" }}
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

function Register({ group }: { group: GroupSession }) {
  const { route } = useLocation();
  const action = useAction();
  const waiting = group.rows.filter(({ state }) => state === "planned");
  const over = group.rows.filter((row) => !waiting.includes(row));
  const [rows, setRows] = useState<Record<string, Row>>({});

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const option = { url: `/api/v1/group-sessions/${group.id}/register/`, input: [] as Field[] } as unknown as Option;
    const given = waiting.map((row) => ({ ...rows[row.id], session: row.id, version: row.version }));
    if (!(await action.submit(option, undefined, { rows: given as Value[] }))) return;
    forgetAll();
    notice.value = {
      title: "The register is kept",
      lines: [`${given.length} children. Each stands in their own record.`],
    };
    route("/giving?view=sessions");
  };

  return (
    <>
      <p>{[group.worked_on, group.mode_label].filter(Boolean).join(" · ")}</p>
      {over.length > 0 && (
        <SummaryList rows={over.map((row) => ({ label: row.child_name ?? "A child", value: row.outcome_label }))} />
      )}
      {waiting.length > 0 && (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible />
          {waiting.map((row, place) => (
            <OneChild
              key={row.id}
              prefix={`rows.${place}`}
              errors={action.failure?.fields ?? {}}
              row={row}
              group={group}
              value={rows[row.id] ?? {}}
              onChange={(name, value) => setRows({ ...rows, [row.id]: { ...rows[row.id], [name]: value } })}
            />
          ))}
          <button type="submit" class="govuk-button" disabled={action.busy}>
            {action.busy ? "Sending…" : "Keep the register"}
          </button>
        </form>
      )}
    </>
  );
}

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
  return [
    choice("outcome", "Did they come?", group.outcomes as unknown as Choice[], true),
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
