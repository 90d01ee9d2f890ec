/** Two people changed one form at once: what both wrote in the same answer side by side, and what was joined by itself. */
import { useEffect, useRef } from "preact/hooks";
import type { Change } from "../../api/client";
import type { Field, SentForm, Value } from "../../api/types";
import type { Action } from "../../lib/action";
import { answerLines } from "../../lib/answers";
import { type Clash, canKeepBoth, type Keep } from "../../lib/merging";
import { resourceOf } from "../../lib/resource";
import { SummaryList } from "../../ui/summary";

interface Props {
  action: Action;
  input: Field[];
  /** Where an inner form of the record is read. */
  record: string;
  changes: Change[];
}

export function Met({ action, input, record, changes }: Props) {
  const { clashes, chosen, taken } = action.met;
  const open = clashes.filter(({ name }) => !chosen[name]);
  const box = useRef<HTMLDivElement>(null);
  // Sent before everything was chosen: that is what the person has to see.
  useEffect(() => {
    if (open.length > 0) box.current?.focus();
  }, [action.attempt]);
  const fields = fieldsOf(input, record);
  const who = nameOf(changes) || "the other person";
  return (
    <div ref={box} tabIndex={-1}>
      {taken.length > 0 && <Taken who={who} labels={taken.map((name) => labelOf(fields, name))} />}
      {clashes.map((clash) => (
        <Choice
          key={clash.name}
          clash={clash}
          field={fields.get(clash.name)}
          label={labelOf(fields, clash.name)}
          who={who}
          chosen={chosen[clash.name]}
          onChoose={(keep) => action.choose(clash, keep)}
        />
      ))}
      {open.length > 0 && <p>Choose for each of these what should stand. Then send it.</p>}
    </div>
  );
}

const labelOf = (fields: Map<string, Field>, name: string) => fields.get(name)?.label ?? name;

function Taken({ who, labels }: { who: string; labels: string[] }) {
  return (
    <>
      <p>You had not changed these, so what {who} wrote stands in the form now:</p>
      <ul class="govuk-list govuk-list--bullet">
        {labels.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </>
  );
}

interface ChoiceProps {
  clash: Clash;
  field: Field | undefined;
  label: string;
  who: string;
  chosen: Keep | undefined;
  onChoose: (keep: Keep) => void;
}

function Choice({ clash, field, label, who, chosen, onChoose }: ChoiceProps) {
  const ways: [Keep, string][] = [
    ["mine", "Keep what you wrote"],
    ["theirs", `Take what ${who} wrote`],
  ];
  if (field && canKeepBoth(field, clash)) ways.push(["both", "Keep both, and go on writing in the form"]);
  return (
    <fieldset class="govuk-fieldset govuk-form-group">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">You both changed “{label}”</legend>
      <SummaryList
        rows={[
          { label: "Before", value: shown(field, clash.was) },
          { label: "You", value: shown(field, clash.mine) },
          { label: who === "the other person" ? "The other person" : who, value: shown(field, clash.now) },
        ]}
      />
      <div class="govuk-radios govuk-radios--small">
        {ways.map(([keep, words]) => (
          <div class="govuk-radios__item" key={keep}>
            <input
              class="govuk-radios__input"
              type="radio"
              id={`met-${clash.name}-${keep}`}
              name={`met-${clash.name}`}
              checked={chosen === keep}
              onChange={() => onChoose(keep)}
            />
            <label class="govuk-label govuk-radios__label" for={`met-${clash.name}-${keep}`}>
              {words}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function shown(field: Field | undefined, value: Value): string[] {
  const lines = field ? answerLines(field, value) : [];
  return lines.length > 0 ? lines : ["No answer"];
}

/** Whoever changed it, where one person did. */
function nameOf(changes: Change[]): string {
  const names = [...new Set(changes.map(({ by }) => by))];
  return names.length === 1 ? (names[0] ?? "") : "";
}

/** The fields of a form by their names; those of an inner form, which the record describes, as `answers.name`. */
function fieldsOf(input: Field[], record: string): Map<string, Field> {
  const found = new Map(input.map((field) => [field.name, field]));
  for (const outer of input.filter(({ kind }) => kind === "answers")) {
    const form = resourceOf<SentForm>(`${record}answers/`).data.value;
    for (const page of form?.sections.flatMap(({ pages }) => pages) ?? []) {
      for (const field of page.fields) found.set(`${outer.name}.${field.name}`, field);
    }
  }
  return found;
}
