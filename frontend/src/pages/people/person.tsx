/** One person of this agency: role and team, and the ways on: change, give their cases to others, end. */
import type { PersonDetail } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { amounts } from "./held";
import { Invitation } from "./invitation";

export default function PersonRoute({ params }: { params: { id: string } }) {
  return <PersonPage key={params.id} id={params.id} />;
}

function PersonPage({ id }: { id: string }) {
  const resource = useResource<PersonDetail>(`people/${id}/`);
  const person = resource.data.value;
  return (
    <Page
      title={person?.name ?? "Person"}
      back={{ href: "/people", label: "All people" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={person !== null}
      aside={person?.ended_at && <StateTag label="Has left" />}
    >
      {person && <Body person={person} reload={resource.load} />}
    </Page>
  );
}

function Body({ person, reload }: { person: PersonDetail; reload: () => Promise<void> }) {
  const ways = [
    !person.ended_at && { href: "change", label: "Change role or team" },
    person.may_reassign && { href: "reassign", label: "Give their work to others" },
    person.may_reset_sign_in && { href: "reset-sign-in", label: "Reset their second step of signing in" },
    !person.ended_at && { href: "end", label: "End this role" },
  ].filter((way) => way !== false);
  return (
    <>
      <SummaryList
        rows={[
          { label: "Role", value: person.role_label },
          { label: "Job title", value: person.job_title },
          { label: "Team", value: person.team },
          { label: "Email", value: person.email },
          { label: "Since", value: dateTimeText(person.started_at) },
          { label: "Left", value: dateTimeText(person.ended_at) },
          { label: "Has now", value: amounts(person.held) },
        ]}
      />
      <Invitation person={person} reload={reload} />
      <nav class="app-options" aria-label="What you can do">
        <h2 class="govuk-heading-s">What you can do</h2>
        <ul class="govuk-list">
          {ways.map((way) => (
            <li key={way.href} class="app-options__item">
              <a href={`/people/${person.id}/${way.href}`}>{way.label}</a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
