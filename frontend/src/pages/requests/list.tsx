/** Questions from other agencies as cards. */
import type { InformationRequest } from "../../api/types";
import { nameAndAge } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { Countdown, StateTag, UrgentTag } from "../../ui/status";

/** The clock of a question is told by time alone: a list row carries no rating of its own. */
const ragOf = ({ due_at: due }: InformationRequest) => (due && Date.parse(due) < Date.now() ? "red" : "green");

export function RequestCards({ rows }: { rows: InformationRequest[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/information-requests/${row.id}`}>
              Question about {row.reference}
            </a>
            <StateTag label={row.state_label} />
            <UrgentTag urgent={row.is_urgent} />
            {!row.answered_at && <Countdown dueAt={row.due_at} rag={ragOf(row)} />}
          </p>
          {row.child && <p>{nameAndAge(row.child.name, row.child.age)}</p>}
          <p class="app-clamp">{row.question}</p>
          <p class="app-quiet">Asked by {row.asking_agency}</p>
        </>
      )}
    </Cards>
  );
}
