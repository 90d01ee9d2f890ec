/** This partnership’s schedule: for which records the time runs from when, how long, and what happens then. */
import type { RetentionSchedule } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { session } from "../../session";
import { type Column, Table } from "../../ui/rows";

type Rule = RetentionSchedule["rules"][number];

const COLUMNS: Column<Rule & { id: string }>[] = [
  { label: "Which records", cell: (rule) => rule.record },
  { label: "The time runs from", cell: (rule) => rule.starts_from },
  { label: "How long after", cell: ({ years }) => (years ? `${years} ${years === 1 ? "year" : "years"}` : "At once") },
  { label: "Then", cell: (rule) => rule.action },
  { label: "Where this is from", cell: (rule) => rule.source },
];

/** There is one rule for each kind of record. */
function named(rule: Rule): Rule & { id: string } {
  return { ...rule, id: rule.record };
}

export function ScheduleTable() {
  const schedule = useResource<RetentionSchedule>("retention/schedule/").data.value;
  if (!schedule) return null;
  const mayChange = session.value?.navigation.some(({ name }) => name === "configurations");
  return (
    <>
      <p>
        {schedule.partnership}: {schedule.number ? `version ${schedule.number}` : "no schedule is in force"}.{" "}
        {schedule.note}
      </p>
      <Table caption="How long records are kept" columns={COLUMNS} rows={schedule.rules.map(named)} />
      {mayChange && (
        <p>
          <a href="/configurations">Change it under “{labelOf("configurations", "Rules and texts")}”</a>: two people
          agree to each version.
        </p>
      )}
    </>
  );
}
