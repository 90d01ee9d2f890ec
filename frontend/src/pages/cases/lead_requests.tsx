/** Requests to lead a case, as cards: apart from the other lists, because the home page has none of them. */
import type { LeadRequestRow } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export function LeadRequestCards({ rows }: { rows: LeadRequestRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/lead-requests/${row.id}`}>
              {row.agency} asks to lead
            </a>
            <StateTag label={row.state_label} />
          </p>
          <p class="app-quiet">
            Asked {dateTimeText(row.asked_at)} by {row.asked_by}
            {row.due_at && `, answer due ${dateTimeText(row.due_at)}`}
          </p>
        </>
      )}
    </Cards>
  );
}
