/** One person around a child: what is said of them now, what was said before and by whom, and what can be done. */
import type { Relationship } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { SafeNumber } from "../../ui/number";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { stillOpen } from "../act/undo";
import { Past } from "./past";
import { responsibility } from "./people";

export default function RelationshipRoute({ params }: { params: { id: string } }) {
  return <RelationshipPage key={params.id} id={params.id} />;
}

function RelationshipPage({ id }: { id: string }) {
  const resource = useResource<Relationship>(`relationships/${id}/`);
  const person = resource.data.value;
  return (
    <Page
      title="Person around the child"
      caption={person ? `Case ${person.case_reference}` : "Case"}
      back={person ? { href: `/cases/${person.case_id}/people`, label: "People" } : { href: "/cases", label: "Cases" }}
      error={resource.error.value}
      retry={resource.load}
      ready={person !== null}
      aside={person && <StateTag label={person.state_label} />}
    >
      {person && <Body person={person} />}
    </Page>
  );
}

function Body({ person }: { person: Relationship }) {
  const { contact } = person;
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="What you can do">
        <Options options={stillOpen(person.options)} back={`/cases/${person.case_id}/people`} />
      </aside>
      <div class="app-record__main">
        <SummaryList
          rows={[
            { label: "Name", value: person.name },
            { label: "What they are to the child", value: person.relationship_label },
            { label: "Born", value: person.date_of_birth ? dateText(person.date_of_birth) : "Not known" },
            { label: "Lives with the child", value: person.lives_with_child_label },
            { label: "Parental responsibility", value: responsibility(person) },
            {
              label: "How to reach them",
              value: contact ? (
                <SafeNumber number={contact.number} rule={contact.rule_label} refusals={contact.refusals} />
              ) : (
                "Not known"
              ),
            },
            { label: "Ended", value: person.ended_on ? `${dateText(person.ended_on)}. ${person.reason_label}` : "" },
            { label: "About how it ended", value: person.end_note },
            { label: "Whose word", value: `${person.said_by || "The referral"}, ${dateText(person.said_on)}` },
          ]}
        />
        {person.same.length > 0 && <Same person={person} />}
        {person.past.length > 0 && <Past turns={person.past} />}
      </div>
    </div>
  );
}

/** The same person around a brother or sister: only whoever reads both cases is told of the other. */
function Same({ person }: { person: Relationship }) {
  return (
    <section class="app-section" aria-labelledby="same">
      <h2 class="govuk-heading-m" id="same">
        The same person around another child
      </h2>
      {person.same.map((one) => (
        <div class="app-card" key={one.id}>
          <p class="app-card__head">
            <a class="app-name" href={`/relationships/${one.person_id}`}>
              {one.name}
            </a>{" "}
            {one.ended_at && <StateTag label="Taken back" />}
          </p>
          <p>
            {one.relationship_label}, case {one.case_reference}
          </p>
          {!one.ended_at && one.contact && (
            <SafeNumber number={one.contact.number} rule={one.contact.rule_label} refusals={one.contact.refusals} />
          )}
          <p class="app-quiet">
            {one.said_by} said so on {dateText(one.said_at)}: {one.reason}
          </p>
          {one.ended_at && (
            <p class="app-quiet">
              {one.ended_by} took it back on {dateText(one.ended_at)}: {one.end_reason}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}
