/** Confirmations as cards. */
import type { Confirmation } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Cards } from "../../ui/rows";

export function ConfirmationCards({ rows }: { rows: Confirmation[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/confirmations/${row.id}`}>
              {row.label}, {row.subject_reference}
            </a>
          </p>
          <p>
            Asked by {row.asked_by}, {dateTimeText(row.asked_at)}
          </p>
          {row.due_at && <p class="app-quiet">Answer due {dateTimeText(row.due_at)}</p>}
        </>
      )}
    </Cards>
  );
}
