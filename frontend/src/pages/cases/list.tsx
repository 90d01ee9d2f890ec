/** Cases and transfers as cards. */
import type { CaseRow, Transfer } from "../../api/types";
import { appPath, dateText, dateTimeText, nameAndAge } from "../../lib/format";
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
            <HowSoon row={row} />
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          <p>
            {row.lead_practitioner
              ? `${row.is_minded ? "Minded by" : "Lead:"} ${row.lead_practitioner}, ${row.lead_agency}`
              : `Led by ${row.lead_agency}`}
          </p>
          <p class="app-quiet">
            {row.coming.is_late ? "Was due: " : "Next: "}
            <a href={appPath(row.coming.url)}>{row.coming.label}</a>, {nextText(row.coming)}
          </p>
        </>
      )}
    </Cards>
  );
}

/** How long a clock has left where that is what comes next; of a day only that it is over. */
function HowSoon({ row }: { row: CaseRow }) {
  const isClock = row.coming.due_at !== null && row.coming.due_at === row.next_due_at;
  if (isClock) return <Countdown dueAt={row.next_due_at} rag={row.rag} />;
  return row.coming.is_late ? <strong class="govuk-tag govuk-tag--red app-tag">Overdue</strong> : null;
}

const nextText = (coming: CaseRow["coming"]) => (coming.due_at ? dateTimeText(coming.due_at) : dateText(coming.due_on));

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
