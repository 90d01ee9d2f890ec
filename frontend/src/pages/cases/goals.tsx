/** The goals of a plan in the family's words, and who does what by when. */
import type { PlannedAction, PlannedGoal } from "../../api/types";
import { dateText } from "../../lib/format";
import { StateTag } from "../../ui/status";

/** The things that can be done about one goal or action, each on a page of its own. */
function Links({ of, kind, id, back }: { of: PlannedGoal["options"]; kind: string; id: string; back: string }) {
  if (of.length === 0) return null;
  return (
    <ul class="app-inline-links">
      {of.map(({ name, label }) => (
        <li key={name}>
          <a href={`/${kind}/${id}/do/${name}?back=${encodeURIComponent(back)}`}>{label}</a>
        </li>
      ))}
    </ul>
  );
}

export const scoreText = ({
  first_score: first,
  last_score: last,
}: Pick<PlannedGoal, "first_score" | "last_score">) => {
  if (last === null || first === null) return "Not scored yet";
  return first === last ? `${last} of 10` : `${last} of 10, from ${first} at the beginning`;
};

const sessionsText = (count: number) => {
  if (count === 0) return "No session has worked on it yet";
  return count === 1 ? "1 session worked on it" : `${count} sessions worked on it`;
};

interface GoalProps {
  goal: PlannedGoal;
  back: string;
  /** Below which heading it stands: its scores are for whoever works on the case. */
  within?: "case" | "team";
}

export function Goal({ goal, back, within = "case" }: GoalProps) {
  const Heading = within === "case" ? "h2" : "h3";
  const Subheading = within === "case" ? "h3" : "h4";
  return (
    <section class="app-card app-goal" aria-label={goal.words}>
      <Heading class="govuk-heading-m">“{goal.words}”</Heading>
      {within === "case" && (
        <p>
          <strong>{scoreText(goal)}</strong>
        </p>
      )}
      <p class="app-quiet">
        {goal.whose_label} goal{goal.headline_label && `. ${goal.headline_label}`}
        {goal.outcome_label && `. ${goal.outcome_label}`}
        {goal.sessions !== undefined && `. ${sessionsText(goal.sessions)}`}
      </p>
      {goal.outcome_note && <p class="app-answer">{goal.outcome_note}</p>}
      <Links of={goal.options} kind="goals" id={goal.id} back={back} />
      {goal.actions.length > 0 && <Subheading class="govuk-heading-s">Who does what</Subheading>}
      <Actions rows={goal.actions} back={back} />
    </section>
  );
}

export function Actions({ rows, back }: { rows: PlannedAction[]; back: string }) {
  return (
    <ul class="govuk-list app-actions">
      {rows.map((row) => (
        <li key={row.id} class="app-options__item">
          <p>
            <a href={`/actions/${row.id}`}>{row.text}</a>
          </p>
          <p class="app-quiet">
            {row.owner}, {row.owner_agency}, by {dateText(row.due_on)}
            {row.goes_on && ". Goes on after the case is closed"}
            {row.not_for_family && ". Not on the family’s page"}
          </p>
          {row.is_overdue ? (
            <strong class="govuk-tag govuk-tag--red app-tag">Overdue</strong>
          ) : (
            <StateTag label={row.state_label} />
          )}
          <Links of={row.options} kind="actions" id={row.id} back={back} />
        </li>
      ))}
    </ul>
  );
}
