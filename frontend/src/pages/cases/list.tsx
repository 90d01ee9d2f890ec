/** Cases and transfers as cards. */
import type { CaseRow, Transfer } from "../../api/types";
import { dateText, dateTimeText, nameAndAge } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { Countdown, PriorityTag, StateTag } from "../../ui/status";

export function CaseCards({ rows }: { rows: CaseRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/cases/${row.id}`}>
              {row.reference}
            </a>
            <StateTag label={row.state_label} />
            <PriorityTag priority={row.priority} label={row.priority_label} />
            <Countdown dueAt={row.next_due_at} rag={row.rag} />
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          <p>
            {row.lead_practitioner
              ? `${row.is_minded ? "Minded by" : "Lead:"} ${row.lead_practitioner}, ${row.lead_agency}`
              : `Led by ${row.lead_agency}`}
          </p>
          {row.next_action && (
            <p class="app-quiet">
              Next: {row.next_action}
              {row.next_action_on && `, on ${dateText(row.next_action_on)}`}
            </p>
          )}
        </>
      )}
    </Cards>
  );
}

export function TransferCards({ rows }: { rows: Transfer[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/transfers/${row.id}`}>
              {row.case_reference}
            </a>
            <StateTag label={row.state_label} />
          </p>
          <p>
            From {row.from_agency} to {row.to_agency}
          </p>
          <p class="app-quiet">
            Proposed {dateTimeText(row.proposed_at)}
            {row.due_at && `, answer due ${dateTimeText(row.due_at)}`}
          </p>
        </>
      )}
    </Cards>
  );
}
