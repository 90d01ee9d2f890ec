/** Interventions as cards: the service, for whom, how far it is, and what was taken up of it. */
import type { InterventionRow } from "../../api/types";
import { dateText, dateTimeText, lowerFirst, nameAndAge } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";

/** In a case the child is known; in a list of what one's agency gives the child comes first. */
export function InterventionCards({ rows, ofCase = false }: { rows: InterventionRow[]; ofCase?: boolean }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/interventions/${row.id}`}>
              {ofCase || !row.child_name ? row.service_name : nameAndAge(row.child_name, row.child_age)}
            </a>
            <StateTag label={row.state_label} />
          </p>
          <p>{ofCase ? row.organisation : `${row.service_name}, ${row.case_reference}`}</p>
          <p class="app-quiet">{row.goal}</p>
          {row.place && <p class="app-quiet">{placeText(row.place)}</p>}
          {row.started_on && (
            <p class="app-quiet">
              {row.dosage.words}
              {row.dosage.next_at && `, next on ${dateTimeText(row.dosage.next_at)}`}
            </p>
          )}
          {row.turn && <p class="app-quiet">{turnText(row.turn)}</p>}
        </>
      )}
    </Cards>
  );
}

export function placeText(place: NonNullable<InterventionRow["place"]>): string {
  const words = [`Place ${place.place} of ${place.waiting} on the waiting list since ${dateText(place.since)}`];
  if (place.expected_on) words.push(`expected ${dateText(place.expected_on)}`);
  else if (place.wait_text) words.push(place.wait_text.toLowerCase());
  return words.join(", ");
}

/** Who has it, what comes next, and by when where somebody has promised it. */
export function turnText({ who, next, by }: NonNullable<InterventionRow["turn"]>): string {
  return `${who}: ${lowerFirst(next)}${by ? `, by ${dateTimeText(by)}` : ""}.`;
}
