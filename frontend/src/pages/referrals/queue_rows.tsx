/** The queue's table, gathered by how urgent each referral is. */
import type { ReferralRow } from "../../api/types";
import { byWhen, nameAndAge, shortWhen } from "../../lib/format";
import { now } from "../../lib/now";
import { type Column, Table } from "../../ui/rows";
import { Countdown, StateTag, UrgentTag } from "../../ui/status";
import { ReachableMoment } from "./moment";

const GROUPS: { title: string; group: ReferralRow["due_group"] }[] = [
  { title: "Overdue", group: "overdue" },
  { title: "Due today", group: "today" },
  { title: "Later", group: "later" },
];

function Next({ row }: { row: ReferralRow }) {
  return (
    <>
      {row.next_step}
      {row.next_due_at && <span class="app-quiet app-block">by {byWhen(row.next_due_at, now.value)}</span>}
      {row.clock_due_at !== row.next_due_at && <span class="app-block">{row.clock}</span>}
      <Countdown dueAt={row.clock_due_at} rag={row.rag} />
    </>
  );
}

const COLUMNS: Column<ReferralRow>[] = [
  {
    label: "Referral",
    cell: (row) => (
      <>
        <a href={`/referrals/${row.id}`}>{row.reference}</a> <UrgentTag urgent={row.is_urgent} />
        {row.child_name && <span class="app-block app-plain">{nameAndAge(row.child_name, row.child_age)}</span>}
      </>
    ),
  },
  {
    label: "From",
    cell: (row) => (
      <>
        {row.referrer_agency}
        {row.submitted_at && <span class="app-quiet app-block">Sent {shortWhen(row.submitted_at)}</span>}
      </>
    ),
  },
  {
    label: "Where it is",
    cell: (row) => (
      <>
        <StateTag label={row.state_label} />
        {row.officer && <span class="app-quiet app-block">With {row.officer}</span>}
        {row.level_label && <span class="app-quiet app-block">{row.level_label}</span>}
        <ReachableMoment moment={row.moment} />
        {row.flags.length > 0 && <span class="app-block">Flagged: {row.flags.join(", ")}</span>}
      </>
    ),
  },
  { label: "Next step", cell: (row) => <Next row={row} /> },
];

interface Props {
  rows: ReferralRow[];
  /** Under a heading of the page the groups are smaller than it. */
  small?: boolean;
  /** In another order than by what is due, groups would tear it apart. */
  together?: boolean;
}

export function QueueRows({ rows, small, together }: Props) {
  if (together) return <Table caption="Newest first" columns={COLUMNS} rows={rows} small={small} />;
  return (
    <>
      {GROUPS.map(({ title, group }) => {
        const members = rows.filter((row) => row.due_group === group);
        if (members.length === 0) return null;
        return <Table key={title} caption={title} columns={COLUMNS} rows={members} small={small} />;
      })}
    </>
  );
}
