/** Tasks as cards: what to do, about which record, by when. */
import type { Task } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { Countdown } from "../../ui/status";

export function TaskCards({ rows }: { rows: Task[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/tasks/${row.id}`}>
              {row.kind_label}
            </a>
            <Countdown dueAt={row.due_at} rag={row.rag} />
          </p>
          <p>About {row.reference}</p>
          <p class="app-quiet">
            {row.happened_at ? `Happened ${dateTimeText(row.happened_at)}` : `Given ${dateTimeText(row.made_at)}`}
          </p>
        </>
      )}
    </Cards>
  );
}
