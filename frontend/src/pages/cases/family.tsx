/** The page a child and family take home: their own plan in plain words, to read together or on paper. */
import type { FamilyPage } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";

export default function FamilyRoute({ params }: { params: { id: string } }) {
  const resource = useResource<FamilyPage>(`cases/${params.id}/family-page/`);
  const page = resource.data.value;
  return (
    <Page
      title="Our plan"
      back={{ href: `/cases/${params.id}/plan`, label: "The plan" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={page !== null}
      aside={
        page && (
          <button type="button" class="govuk-button govuk-button--secondary" onClick={() => print()}>
            Print this page
          </button>
        )
      }
    >
      {page && <Body page={page} />}
    </Page>
  );
}

function Body({ page }: { page: FamilyPage }) {
  return (
    <div class="app-family">
      <p class="govuk-body-l">
        {page.given_name && `For ${page.given_name} and the family. `}
        {dateText(page.printed_on)}
      </p>
      {page.goals.length === 0 && <p>We have not written down what you want to be different yet.</p>}
      {page.goals.map((goal) => (
        <section class="app-card" key={goal.words} aria-label={goal.words}>
          <h2 class="govuk-heading-m">“{goal.words}”</h2>
          <Scores goal={goal} />
          <Doing rows={goal.actions} />
        </section>
      ))}
      {page.actions.length > 0 && (
        <section class="app-card" aria-labelledby="also">
          <h2 class="govuk-heading-m" id="also">
            What else we do
          </h2>
          <Doing rows={page.actions} />
        </section>
      )}
      <Views page={page} />
      <p>
        {page.next_meeting_on && `We look at this together again by ${dateText(page.next_meeting_on)}. `}
        {page.worker && `Ask ${page.worker}, ${page.agency}`}
        {page.worker && page.phone && `, ${page.phone}`}
        {page.worker && "."}
      </p>
    </div>
  );
}

function Scores({ goal }: { goal: FamilyPage["goals"][number] }) {
  if (goal.scores.length === 0) return null;
  return (
    <>
      <p>How near we are, from 0 to 10:</p>
      <ul class="govuk-list govuk-list--bullet">
        {goal.scores.map((score) => (
          <li key={score.on + score.value + score.comment}>
            {dateText(score.on)}: <strong>{score.value}</strong>
            {score.comment && `. “${score.comment}”`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Doing({ rows }: { rows: FamilyPage["actions"] }) {
  if (rows.length === 0) return null;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {rows.map((row) => (
        <li key={row.text + row.due_on}>
          {row.text}. {row.is_done ? `Done by ${row.who}.` : `${row.who}, by ${dateText(row.due_on)}.`}
        </li>
      ))}
    </ul>
  );
}

function Views({ page }: { page: FamilyPage }) {
  if (!page.child_view && !page.family_view) return null;
  return (
    <section class="app-section" aria-labelledby="said">
      <h2 class="govuk-heading-m" id="said">
        What you said last time
      </h2>
      {page.child_view && <p class="app-answer">{page.child_view}</p>}
      {page.family_view && <p class="app-answer">{page.family_view}</p>}
    </section>
  );
}
