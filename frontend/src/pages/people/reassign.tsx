/** Giving a caseload to others: one choice for all or one for each, checked before anything moves. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Caseload, CaseloadRow, Field, Option, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { nameAndAge } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { asOption } from "./place";

const LABEL = "Give their cases to others";

export default function ReassignRoute({ params }: { params: { id: string } }) {
  return <ReassignPage key={params.id} id={params.id} />;
}

const select = (name: string, label: string, choices: Field["choices"], required: boolean, hint = ""): Field => ({
  name,
  label,
  hint,
  kind: "person",
  required,
  choices,
  max_length: null,
  fields: null,
  show_if: null,
  not_known: false,
});

const caseloadOf = (count: number) =>
  count === 0 ? "no open case" : count === 1 ? "1 open case" : `${count} open cases`;

/** Who could take a case; somebody with a conflict of interest is not among them. */
function peopleFor(load: Caseload, row?: CaseloadRow): Field["choices"] {
  return load.people
    .filter((person) => !row?.unsuitable.includes(person.id))
    .map((person) => ({ value: person.id, label: person.name, hint: caseloadOf(person.caseload), group: "" }));
}

/** The person chosen for a case: its own choice, else the one for all where that is possible. */
function chosenFor(row: CaseloadRow, values: Values): string | null {
  const own = values[row.id];
  if (typeof own === "string" && own) return own;
  const all = values.everybody;
  return typeof all === "string" && all && !row.unsuitable.includes(all) ? all : null;
}

function ReassignPage({ id }: { id: string }) {
  const { route } = useLocation();
  const resource = useResource<Caseload>(`people/${id}/caseload/`);
  const load = resource.data.value;
  const action = useAction(resource.load);
  const [checking, setChecking] = useState(false);
  const [missing, setMissing] = useState<string[]>([]);
  const moved = load?.cases.filter((row) => chosenFor(row, action.values)) ?? [];

  const check = (event: SubmitEvent) => {
    event.preventDefault();
    const problems = [
      moved.length === 0 && "Choose who gets at least one case.",
      !action.values.reason_code && "Say why the lead practitioner changes.",
      !action.values.handover_note && "Say what they must know on the first day.",
    ].filter((problem) => problem !== false);
    setMissing(problems);
    setChecking(problems.length === 0);
  };
  const send = async () => {
    const choices = moved.map((row) => ({
      case_id: row.id,
      version: row.version,
      lead_practitioner_id: chosenFor(row, action.values),
    }));
    action.values.choices = choices as Values[];
    const names = ["choices", "reason_code", "handover_note"];
    const input = names.map((name) => ({ ...select(name, name, null, true), kind: "text" as const }));
    const option: Option = asOption(LABEL, `/api/v1/people/${id}/caseload/`, input);
    const result = await action.submit(option, undefined);
    // Only a refusal leads back to the choices: another page here would take the notice that the next one says.
    if (!result) return setChecking(false);
    forgetAll();
    notice.value = { title: `${choices.length} moved`, lines: ["Each new lead practitioner has been told."] };
    route(`/people/${id}`);
  };

  const problems = missing.length > 0 ? missing : (action.failure?.reasons ?? []);
  return (
    <Page
      // Another page for whoever reads it: it begins at its heading, also after forty answers.
      key={checking ? "check" : "choose"}
      title={checking ? "Check who gets which case" : LABEL}
      caption={load?.person}
      back={{ href: `/people/${id}`, label: "Back" }}
      hasErrors={problems.length > 0}
      error={resource.error.value}
      retry={resource.load}
      ready={load !== null}
    >
      {problems.length > 0 && <ErrorSummary reasons={problems} attempt={action.attempt + missing.length} />}
      {load?.cases.length === 0 && <p>There is no open case to give to anybody.</p>}
      {load && load.cases.length > 0 && !checking && <Choose load={load} action={action} onCheck={check} />}
      {load && checking && (
        <Preview
          load={load}
          moved={moved}
          values={action.values}
          busy={action.busy}
          onSend={send}
          onBack={() => setChecking(false)}
        />
      )}
    </Page>
  );
}

interface ChooseProps {
  load: Caseload;
  action: ReturnType<typeof useAction>;
  onCheck: (event: SubmitEvent) => void;
}

function Choose({ load, action, onCheck }: ChooseProps) {
  const fields: Field[] = [
    select("everybody", "Who gets all of them?", peopleFor(load), false, "You can choose somebody else for each below"),
    ...load.cases.map((row) => ({
      ...select(row.id, row.reference, peopleFor(load, row), false),
      hint: [
        nameAndAge(row.child_name ?? "", row.child_age),
        row.state_label,
        row.is_minded && "minded by a manager now",
      ]
        .filter(Boolean)
        .join(", "),
    })),
    { ...select("reason_code", "Why does the lead practitioner change?", load.reasons, true), kind: "choice" },
    {
      ...select("handover_note", "What must they know on the first day?", null, true, "And how the children are told"),
      kind: "long_text",
    },
  ];
  return (
    <form class="app-narrow" onSubmit={onCheck} noValidate autocomplete="off">
      <FormFields fields={fields} values={action.values} errors={{}} onChange={action.set} />
      <button type="submit" class="govuk-button">
        Check before it is done
      </button>
    </form>
  );
}

interface PreviewProps {
  load: Caseload;
  moved: CaseloadRow[];
  values: Values;
  busy: boolean;
  onSend: () => void;
  onBack: () => void;
}

function Preview({ load, moved, values, busy, onSend, onBack }: PreviewProps) {
  const nameOf = (id: string | null) => load.people.find((person) => person.id === id)?.name ?? "";
  const stay = load.cases.length - moved.length;
  const receivers = load.people
    .map((person) => ({ person, more: moved.filter((row) => chosenFor(row, values) === person.id).length }))
    .filter(({ more }) => more > 0);
  return (
    <>
      <h2 class="govuk-heading-m">Who has how many then</h2>
      <SummaryList
        rows={receivers.map(({ person, more }) => ({
          label: person.name,
          value: `${more} more, with ${caseloadOf(person.caseload)} now`,
        }))}
      />
      <h2 class="govuk-heading-m">Each case</h2>
      <SummaryList
        rows={moved.map((row) => ({ label: row.reference, value: `goes to ${nameOf(chosenFor(row, values))}` }))}
      />
      {stay > 0 && <p>{stay === 1 ? "1 case stays" : `${stay} cases stay`} where it is now.</p>}
      <p>
        Each new lead practitioner is told, and so is whoever has the case now. All of it is done at once, or nothing.
      </p>
      <div class="govuk-button-group">
        <button type="button" class="govuk-button" disabled={busy} onClick={onSend}>
          {busy ? "Sending…" : LABEL}
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onBack}>
          Change
        </button>
      </div>
    </>
  );
}
