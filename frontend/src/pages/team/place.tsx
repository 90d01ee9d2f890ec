/** A place on the team around a child, as whoever has it sees it: the plan, what is shared, and who else is there. */
import type { TeamPlace } from "../../api/types";
import { appPath, dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SafetyBanner } from "../../ui/safety";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { Actions, Goal } from "../cases/goals";
import { LeadRequestCards } from "../cases/lead_requests";
import { Entry } from "../cases/notes";

export default function PlaceRoute({ params }: { params: { id: string } }) {
  return <PlacePage key={params.id} id={params.id} />;
}

function PlacePage({ id }: { id: string }) {
  const resource = useResource<TeamPlace>(`team-members/${id}/`);
  const place = resource.data.value;
  const own = place?.record_url ? appPath(place.record_url) : null;
  return (
    <Page
      title="Team around a child"
      caption={place ? `Case ${place.reference}` : "Case"}
      back={own ? { href: own, label: "The team" } : { href: "/teams", label: "Teams I am on" }}
      error={resource.error.value}
      retry={resource.load}
      ready={place !== null}
      aside={place && <StateTag label={place.state_label} />}
    >
      {place && <SafetyBanner alerts={place.safety} />}
      {place && <Body place={place} back={`/team-members/${id}`} />}
    </Page>
  );
}

function Body({ place, back }: { place: TeamPlace; back: string }) {
  const { child } = place;
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="What you can do">
        <Options options={place.options} />
      </aside>
      <div class="app-record__main">
        <SummaryList
          rows={[
            { label: "Child", value: child ? [child.name, child.known_as].filter(Boolean).join(", known as ") : "" },
            { label: "Age", value: child?.age ?? "" },
            { label: "School", value: child?.school ?? "" },
            { label: "Lead practitioner", value: place.lead_practitioner },
            { label: "Lead agency", value: place.lead_agency },
            { label: place.name, value: `${place.part} (since ${dateText(place.since)})` },
            {
              label: "Also on the team",
              value: place.team
                .filter(({ id }) => id !== place.id)
                .map(({ name, agency, part }) => `${name}, ${agency}: ${part}`),
            },
          ]}
        />
        {place.lead_request && (
          <section class="app-section" aria-labelledby="asked">
            <h2 class="govuk-heading-m" id="asked">
              Asked for the lead
            </h2>
            <LeadRequestCards rows={[place.lead_request]} />
          </section>
        )}
        <Plan place={place} back={back} />
        <section class="app-section" aria-labelledby="shared">
          <h2 class="govuk-heading-m" id="shared">
            Shared with the team
          </h2>
          {place.notes.length === 0 && <p class="app-empty">What somebody shares with the team stands here.</p>}
          <div class="moj-timeline">
            {place.notes.map((note) => (
              <Entry key={note.id} note={note} at={back} />
            ))}
          </div>
        </section>
      </div>
    </div>
  );
}

function Plan({ place, back }: { place: TeamPlace; back: string }) {
  const { goals, actions } = place;
  return (
    <section class="app-section" aria-labelledby="plan">
      <h2 class="govuk-heading-m" id="plan">
        The family’s plan
      </h2>
      {goals.length + actions.length === 0 && <p class="app-empty">There is no goal yet.</p>}
      {goals.map((goal) => (
        <Goal key={goal.id} goal={goal} back={back} within="team" />
      ))}
      {actions.length > 0 && <h3 class="govuk-heading-s">Other actions</h3>}
      <Actions rows={actions} back={back} />
    </section>
  );
}
