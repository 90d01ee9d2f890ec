/** The team around the child of one case: who works with the family besides the lead practitioner, and who did. */
import type { Team, TeamMember } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { Sections } from "../cases/sections";
import { Ways } from "../cases/ways";

export default function TeamRoute({ params }: { params: { id: string } }) {
  return <TeamPage key={params.id} id={params.id} />;
}

function TeamPage({ id }: { id: string }) {
  const resource = useResource<Team>(`cases/${id}/team/`);
  const team = resource.data.value;
  return (
    <Page
      title="Team around the child"
      caption={team ? `Case ${team.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={team !== null}
    >
      <Sections id={id} current="/team" />
      {team && <Body id={id} team={team} />}
    </Page>
  );
}

function Body({ id, team }: { id: string; team: Team }) {
  const back = `/cases/${id}/team`;
  return (
    <>
      <Ways label="What you can do with the team" options={team.options} back={back} at="team" />
      <SummaryList
        rows={[
          { label: "Lead practitioner", value: team.lead_practitioner || "Not chosen yet" },
          { label: "Lead agency", value: team.lead_agency },
        ]}
      />
      {team.members.length === 0 && (
        <p class="app-empty">
          Nobody else is on the team. Colleagues who share the work, and people of other agencies who work with the
          family, stand here once they are named.
        </p>
      )}
      {team.members.map((member) => (
        <Member key={member.id} member={member} back={back} />
      ))}
    </>
  );
}

function Member({ member, back }: { member: TeamMember; back: string }) {
  return (
    <article class="app-card">
      <h2 class="govuk-heading-m">
        {member.name}, {member.agency}
      </h2>
      <p>
        <StateTag label={member.state_label} />
      </p>
      <SummaryList
        rows={[
          { label: "What they do", value: member.part },
          {
            label: "What they read",
            value: member.is_partner ? "The plan, and the notes shared with the team" : "The whole case",
          },
          { label: "Why", value: member.why_label },
          { label: "Since", value: `${dateText(member.since)}, named by ${member.named_by}` },
          { label: "Ended", value: member.ended_at ? `${dateText(member.ended_at)}: ${member.reason_label}` : "" },
        ]}
      />
      <ul class="app-inline-links">
        {member.is_partner && member.state === "on" && (
          <li>
            <a href={`/team-members/${member.id}`}>See what {member.name} sees</a>
          </li>
        )}
        {member.options.map(({ name, label }) => (
          <li key={name}>
            <a href={`/team-members/${member.id}/do/${name}?back=${encodeURIComponent(back)}`}>{label}</a>
          </li>
        ))}
      </ul>
    </article>
  );
}
