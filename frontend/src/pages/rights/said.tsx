/** What somebody says is wrong in a note, beside it: by whom, what they say is right, and what was decided. */
import type { RectificationRow } from "../../api/types";
import { dateText } from "../../lib/format";

export function SaidToBeWrong({ row }: { row: RectificationRow }) {
  return (
    <div class="govuk-inset-text">
      <p class="app-quiet">
        Said to be wrong by {row.said_by}, {dateText(row.said_on)}.{" "}
        <a href={`/rectifications/${row.id}`}>
          {row.state_label}
          <span class="govuk-visually-hidden">: what {row.said_by} says is wrong</span>
        </a>
      </p>
      <p class="app-answer">{row.wrong}</p>
      <p class="app-answer">What they say is right: {row.right}</p>
      {row.decision && (
        <p class="app-answer">
          {row.state_label}, by {row.decided_by}: {row.decision}
        </p>
      )}
    </div>
  );
}
