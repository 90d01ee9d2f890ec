/** The plan of a case: goals in the family's words with their scores, who does what by when, and each version agreed. */
import type { Plan, PlannedAction, PlannedGoal } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { Lines } from "../../ui/summary";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function PlanRoute({ params }: { params: { id: string } }) {
  return <PlanPage key={params.id} id={params.id} />;
}

function PlanPage({ id }: { id: string }) {
  const resource = useResource<Plan>(`cases/${id}/plan/`);
  const plan = resource.data.value;
  return (
    <Page
      title="Plan"
      caption={plan ? `Case ${plan.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={plan !== null}
      aside={plan && <StateTag label={plan.state_label} />}
    >
      <Sections id={id} current="/plan" />
      {plan && <Body id={id} plan={plan} />}
    </Page>
  );
}

function Body({ id, plan }: { id: string; plan: Plan }) {
  const back = `/cases/${id}/plan`;
  const open = plan.goals.filter((goal) => goal.state === "open");
  const ended = plan.goals.filter((goal) => goal.state !== "open");
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="What you can do">
        <Ways label="What you can do with the plan" options={plan.options} back={back} at="plan">
          <li class="app-options__item">
            <a href={`/cases/${id}/family`}>Page for the child and family</a>
            <p class="app-quiet">Their own plan in plain words, to read together or to print.</p>
          </li>
        </Ways>
      </aside>
      <div class="app-record__main">
        {plan.goals.length === 0 && (
          <p class="app-empty">
            There is no goal yet. Ask the child and the family what they want to be different, and write it in their
            words.
          </p>
        )}
        {open.map((goal) => (
          <Goal key={goal.id} goal={goal} back={back} />
        ))}
        {plan.actions.length > 0 && (
          <section class="app-section" aria-labelledby="other-actions">
            <h2 class="govuk-heading-m" id="other-actions">
              Other actions
            </h2>
            <Actions rows={plan.actions} back={back} />
          </section>
        )}
        {ended.length > 0 && <h2 class="govuk-heading-m">Goals that have ended</h2>}
        {ended.map((goal) => (
          <Goal key={goal.id} goal={goal} back={back} />
        ))}
        {plan.versions.length > 0 && <Versions plan={plan} />}
      </div>
    </div>
  );
}

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

const scoreText = ({ first_score: first, last_score: last }: PlannedGoal) => {
  if (last === null || first === null) return "Not scored yet";
  return first === last ? `${last} of 10` : `${last} of 10, from ${first} at the beginning`;
};

function Goal({ goal, back }: { goal: PlannedGoal; back: string }) {
  return (
    <section class="app-card app-goal" aria-label={goal.words}>
      <h2 class="govuk-heading-m">“{goal.words}”</h2>
      <p>
        <strong>{scoreText(goal)}</strong>
      </p>
      <p class="app-quiet">
        {goal.whose_label} goal{goal.headline_label && `. ${goal.headline_label}`}
        {goal.outcome_label && `. ${goal.outcome_label}`}
      </p>
      {goal.outcome_note && <p class="app-answer">{goal.outcome_note}</p>}
      <Links of={goal.options} kind="goals" id={goal.id} back={back} />
      {goal.actions.length > 0 && <h3 class="govuk-heading-s">Who does what</h3>}
      <Actions rows={goal.actions} back={back} />
    </section>
  );
}

function Actions({ rows, back }: { rows: PlannedAction[]; back: string }) {
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

function Versions({ plan }: { plan: Plan }) {
  return (
    <section class="app-section" aria-labelledby="versions">
      <h2 class="govuk-heading-m" id="versions">
        As it was agreed
      </h2>
      {plan.versions.map((version) => (
        <details class="govuk-details" key={version.number}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              Version {version.number}, {dateText(version.agreed_at)}
            </span>
          </summary>
          <div class="govuk-details__text">
            <p>
              Written by {version.by}
              {version.agreed_by_label && `. Agreed by: ${version.agreed_by_label}`}
            </p>
            {version.family_view && <p class="app-answer">{version.family_view}</p>}
            <Lines lines={version.lines} />
          </div>
        </details>
      ))}
    </section>
  );
}
