/** This partnership’s schedule: for which records the time runs from when, how long, and what happens then. */
import type { RetentionSchedule } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { session } from "../../session";

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
      <ul class="govuk-list">
        {schedule.rules.map((rule) => (
          <li key={rule.record} class="app-section">
            <strong>{rule.record}</strong>
            <br />
            {rule.starts_from}
            {rule.years > 0 && `, and ${rule.years} ${rule.years === 1 ? "year" : "years"}`}: {rule.action}
            <br />
            <span class="app-quiet">{rule.source}</span>
          </li>
        ))}
      </ul>
      {mayChange && (
        <p>
          <a href="/configurations">Change it under “{labelOf("configurations", "Rules and texts")}”</a>: two people
          agree to each version.
        </p>
      )}
    </>
  );
}
