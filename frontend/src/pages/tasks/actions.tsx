/** What somebody has to do in the plans of families, as cards: what, for whom, by when. */
import type { PlanAction } from "../../api/types";
import { dateText } from "../../lib/format";
import { Cards } from "../../ui/rows";

export function ActionCards({ rows }: { rows: PlanAction[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/actions/${row.id}`}>
              {row.text}
            </a>
            {row.is_overdue && <strong class="govuk-tag govuk-tag--red app-tag">Overdue</strong>}
          </p>
          <p>
            For {row.child_name}, by {dateText(row.due_on)}
          </p>
          <p class="app-quiet">
            Asked by {row.made_by}, {row.agency}
          </p>
        </>
      )}
    </Cards>
  );
}
