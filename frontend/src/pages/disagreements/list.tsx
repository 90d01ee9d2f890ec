/** Disagreements as cards: about what, whose turn it is, and by when. */
import type { DisagreementRow } from "../../api/types";
import { Cards } from "../../ui/rows";
import { Countdown, StateTag } from "../../ui/status";

export function DisagreementCards({ rows }: { rows: DisagreementRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/disagreements/${row.id}`}>
              {row.decision_label}: {row.reference}
            </a>
            <StateTag label={row.state_label} />
            {row.child_is_unsafe && <strong class="govuk-tag govuk-tag--red">Child not safe</strong>}
            <Countdown dueAt={row.due_at} rag={row.rag} />
          </p>
          <p>{row.ground_label}</p>
          <p class="app-quiet">
            {row.raising_agency} disagrees with {row.deciding_agency}. {row.stage_label}. Next: {row.next_step}.
          </p>
        </>
      )}
    </Cards>
  );
}
