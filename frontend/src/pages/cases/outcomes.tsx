/** How far a child has come: a picture for each goal and questionnaire, what is missing, and the headline outcomes. */
import type { Outcomes, Series } from "../../api/types";
import { clockTime, dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { optionPath } from "../../ui/options";
import { Page } from "../../ui/page";
import { Travelled } from "../../ui/travelled";
import { Until } from "../act/undo";
import { Sections } from "./sections";

export default function OutcomesRoute({ params }: { params: { id: string } }) {
  return <OutcomesPage key={params.id} id={params.id} />;
}

function OutcomesPage({ id }: { id: string }) {
  const resource = useResource<Outcomes>(`cases/${id}/outcomes/`);
  const found = resource.data.value;
  return (
    <Page
      title="Outcomes"
      caption={found ? `Case ${found.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      <Sections id={id} current="/outcomes" />
      {found && <Body id={id} found={found} />}
    </Page>
  );
}

function Body({ id, found }: { id: string; found: Outcomes }) {
  return (
    <>
      {found.prompts.length > 0 && (
        <div class="govuk-inset-text">
          <p>What is missing to see a change:</p>
          <ul class="govuk-list govuk-list--bullet">
            {found.prompts.map((prompt) => (
              <li key={prompt}>{prompt}</li>
            ))}
          </ul>
        </div>
      )}
      {found.options.map((option) => (
        <p key={option.name}>
          <a href={optionPath(option, `/cases/${id}/outcomes`, "outcomes")}>{option.label}</a>
          <span class="app-quiet app-block">{option.hint}</span>
        </p>
      ))}
      {found.series.length === 0 && (
        <p class="app-empty">When goals or questionnaires are scored, how far the child has come is drawn here.</p>
      )}
      {found.series.map((series) => (
        <section class="app-section" key={series.id + series.measure_label} aria-label={series.label}>
          <h2 class="govuk-heading-m">{series.label}</h2>
          {series.outcome_label && <p>{series.outcome_label}</p>}
          <Travelled series={series} caption={series.finding} />
          <PutRight series={series} />
        </section>
      ))}
      {found.headlines.length > 0 && (
        <section class="app-section" aria-labelledby="headlines">
          <h2 class="govuk-heading-m" id="headlines">
            Headline outcomes
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {found.headlines.map(({ label, goals, reached }) => (
              <li key={label}>
                {label}: {reached} of {goals} {goals === 1 ? "goal" : "goals"} reached
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What scores said before they were put right, both numbers stay; and what their reader may do about each. */
function PutRight({ series }: { series: Series }) {
  return (
    <>
      {series.points.flatMap(({ on, earlier }) =>
        earlier.map(({ words, by, at, reason }) => (
          <p class="app-quiet" key={at}>
            {dateText(on)}: it was {lowerFirst(words)} until {by} corrected it on {dateTimeText(at)}. {reason}
          </p>
        )),
      )}
      {series.points.some(({ options }) => options.length > 0) && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              Put a score right<span class="govuk-visually-hidden">: {series.label}</span>
            </span>
          </summary>
          {series.points.map((point) => (
            <Ways key={point.id} point={point} />
          ))}
        </details>
      )}
    </>
  );
}

function Ways({ point }: { point: Series["points"][number] }) {
  return (
    <ul class="app-inline-links">
      {point.options.map(({ name, label, until }) => (
        <Until until={until} key={name}>
          <li>
            <a href={`/scores/${point.id}/do/${name}?back=${encodeURIComponent(location.pathname)}`}>
              {label} of {dateText(point.on)}
            </a>
            {until && `, until ${clockTime(until)}`}
          </li>
        </Until>
      ))}
    </ul>
  );
}
