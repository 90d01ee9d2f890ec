/** The plan of a case: goals in the family's words with their scores, who does what by when, and each version agreed. */
import type { Plan } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { Lines } from "../../ui/summary";
import { WaitingConfirmation } from "../confirmations/waiting";
import { Actions, Goal } from "./goals";
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
      {plan?.confirmation && <WaitingConfirmation confirmation={plan.confirmation} back={`/cases/${id}/plan`} />}
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
          {plan.score_goals && (
            <li class="app-options__item">
              <a href={plan.score_goals.url}>{plan.score_goals.label}</a>
              <p class="app-quiet">{plan.score_goals.hint}</p>
            </li>
          )}
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
              {version.second_person && `. Second person: ${version.second_person}`}
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
