/** What would be in whose hands, before anything moves. */
import type { Caseload, Practitioner, Values } from "../../api/types";
import { nameAndAge } from "../../lib/format";
import { SummaryList } from "../../ui/summary";
import { amountOf, chosenFor, everything, type Given, handOf, isPiece } from "./giving";

interface Props {
  label: string;
  load: Caseload;
  moved: Given[];
  values: Values;
  busy: boolean;
  onSend: () => void;
  onBack: () => void;
}

const weightOf = (given: Given[]) => given.reduce((sum, { weight }) => sum + weight, 0);

export function Check({ label, load, moved, values, busy, onSend, onBack }: Props) {
  const nameOf = (id: string | null) => load.people.find((person) => person.id === id)?.name ?? "";
  const stay = everything(load).filter((one) => !moved.includes(one));
  const receivers = load.people
    .map((person) => ({ person, more: moved.filter((one) => chosenFor(one, values) === person.id) }))
    .filter(({ more }) => more.length > 0);
  const then = (person: Practitioner, more: Given[]) =>
    `${amountOf(more)} more, weight ${person.weight + weightOf(more)} then; now ${handOf(person)}`;
  return (
    <>
      <h2 class="govuk-heading-m">Who has how much then</h2>
      <SummaryList rows={receivers.map(({ person, more }) => ({ label: person.name, value: then(person, more) }))} />
      <h2 class="govuk-heading-m">Each of them</h2>
      <SummaryList
        rows={moved.map((one) => ({
          label: isPiece(one) ? `${one.kind_label}, ${one.reference}` : one.reference,
          value: [
            `goes to ${nameOf(chosenFor(one, values))}`,
            isPiece(one) ? one.what : nameAndAge(one.child_name ?? "", one.child_age),
          ],
        }))}
      />
      {stay.length > 0 && (
        <p>
          {amountOf(stay)} {stay.length === 1 ? "stays" : "stay"} where it is now.
        </p>
      )}
      <p>Whoever gets something is told, and so is whoever has a case now. All of it is done at once, or nothing.</p>
      <div class="govuk-button-group">
        <button type="button" class="govuk-button" disabled={busy} onClick={onSend}>
          {busy ? "Sending…" : label}
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onBack}>
          Change
        </button>
      </div>
    </>
  );
}
