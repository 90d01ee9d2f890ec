/** Choosing who gets what: what each person has in hand is seen first, a spread by weight can be begun with. */
import { useState } from "preact/hooks";
import type { Caseload, Field, Practitioner } from "../../api/types";
import type { Action } from "../../lib/action";
import { dateTimeText, nameAndAge } from "../../lib/format";
import { FormFields } from "../../ui/fields/field";
import { HowWeighed } from "../../ui/load";
import { type Column, Table } from "../../ui/rows";
import { everything, type Given, isPiece, peopleFor } from "./giving";

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

const reasons = (load: Caseload): Field => ({
  ...select("reason_code", "Why does the lead practitioner change?", load.reasons, true),
  kind: "choice",
});

const NOTE: Field = {
  ...select("handover_note", "What must they know on the first day?", null, true, "And how the children are told"),
  kind: "long_text",
};

/** What is asked beside who gets what: of cases only. */
export const askedOf = (load: Caseload): Field[] => (load.cases.length > 0 ? [reasons(load), NOTE] : []);

/** What it is, in a line, and who may not have it. */
function about(one: Given): string {
  const what = isPiece(one)
    ? [one.what, one.due_at && `due ${dateTimeText(one.due_at)}`]
    : [nameAndAge(one.child_name ?? "", one.child_age), one.state_label, `weight ${one.weight}`];
  const said = [...what, one.is_minded && "minded by a manager now"].filter(Boolean).join(", ");
  return one.why_not.length > 0 ? `${said}. ${one.why_not.join(" ")}` : said;
}

const labelOf = (one: Given) => (isPiece(one) ? `${one.kind_label}, ${one.reference}` : one.reference);

const COLUMNS: Column<Practitioner>[] = [
  { label: "Name", cell: ({ name, role_label }) => `${name}, ${role_label.toLowerCase()}` },
  { label: "Team", cell: ({ team }) => team || "No team" },
  { label: "Open cases", cell: ({ caseload }) => caseload },
  { label: "Weight", cell: ({ weight }) => weight },
];

interface Props {
  load: Caseload;
  action: Action;
  onCheck: (event: SubmitEvent) => void;
}

export function Choose({ load, action, onCheck }: Props) {
  const choosing = (given: Given[]) =>
    given.map((one) => select(one.id, labelOf(one), peopleFor(load, one), false, about(one)));
  const all = select(
    "everybody",
    "Who gets all of it?",
    peopleFor(load),
    false,
    "You can choose somebody else for each below",
  );
  const [proposed, setProposed] = useState(0);
  const propose = () => {
    const given = everything(load).filter((one) => one.proposed_id !== null);
    for (const one of given) action.set(one.id, one.proposed_id);
    setProposed(given.length);
  };
  const draw = (fields: Field[]) => (
    <FormFields fields={fields} values={action.values} errors={action.failure?.fields ?? {}} onChange={action.set} />
  );
  return (
    <>
      <Table caption="What each person has in hand now" columns={COLUMNS} rows={load.people} />
      <HowWeighed weighed={load.weighed} />
      <form onSubmit={onCheck} noValidate autocomplete="off">
        <p class="app-narrow">
          You can begin with a spread that leaves everybody about the same weight, and change it. What is to do for a
          case goes with the case.
        </p>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={propose}>
          Spread it by weight
        </button>
        <p role="status">{proposed > 0 && `Somebody is proposed for ${proposed} below. Change what you like.`}</p>
        {draw([all])}
        {load.cases.length > 0 && <h2 class="govuk-heading-m">Cases</h2>}
        <div class="app-givens">{draw(choosing(load.cases))}</div>
        {load.pieces.length > 0 && <h2 class="govuk-heading-m">Tasks, actions and services</h2>}
        <div class="app-givens">{draw(choosing(load.pieces))}</div>
        <div class="app-narrow">{draw(askedOf(load))}</div>
        <button type="submit" class="govuk-button">
          Check before it is done
        </button>
      </form>
    </>
  );
}
