/** Questions from other agencies as cards. */
import type { InformationRequest } from "../../api/types";
import { Cards } from "../../ui/rows";
import { Countdown, StateTag } from "../../ui/status";

/** The clock of a question is told by time alone: a list row carries no rating of its own. */
const ragOf = ({ due_at: due }: InformationRequest) => (due && Date.parse(due) < Date.now() ? "red" : "green");

export function RequestCards({ rows }: { rows: InformationRequest[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/information-requests/${row.id}`}>
              {row.referral_reference ? `Question about ${row.referral_reference}` : "Question"}
            </a>
            <StateTag label={row.state_label} />
            {!row.answered_at && <Countdown dueAt={row.due_at} rag={ragOf(row)} />}
          </p>
          <p class="app-clamp">{row.question}</p>
        </>
      )}
    </Cards>
  );
}
