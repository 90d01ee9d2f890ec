/** On the page of what was decided: who disagrees, and where that stands. */
import type { Challenge } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { StateTag } from "../../ui/status";

export function Challenges({ rows }: { rows: Challenge[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="disagreements">
      <h2 class="govuk-heading-m" id="disagreements">
        Disagreements
      </h2>
      {rows.map((row) => (
        <article class="app-card" key={row.raised_at}>
          <p class="app-card__head">
            {row.id ? (
              <a class="app-card__link" href={`/disagreements/${row.id}`}>
                {row.agency} disagrees: {row.decision_label}
              </a>
            ) : (
              `${row.agency} disagrees: ${row.decision_label}`
            )}
            <StateTag label={row.state_label} />
            {row.child_is_unsafe && <strong class="govuk-tag govuk-tag--red">Child not safe</strong>}
          </p>
          <p>{row.ground_label}</p>
          <p class="app-quiet">
            {row.stage_label}, with {row.owner_agency}
            {row.due_at && `, next step by ${dateTimeText(row.due_at)}`}
          </p>
        </article>
      ))}
    </section>
  );
}
