/** Who a referral's child is: known children beside it, what was said of them, what was joined. Nobody is preselected. */
import type { Candidate, Matching, Merge, SetAside } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { ComparedFacts, KnownElsewhere, LikelyChildFacts } from "../../ui/comparison";
import { NOTHING_YET, Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { ChildOptions } from "./options";

export default function MatchingRoute({ params }: { params: { id: string } }) {
  return <MatchingPage key={params.id} id={params.id} />;
}

function MatchingPage({ id }: { id: string }) {
  const resource = useResource<Matching>(`referrals/${id}/matching/`);
  const found = resource.data.value;
  return (
    <Page
      title="Which child is this?"
      caption={found ? `Referral ${found.reference}` : NOTHING_YET}
      back={{ href: `/referrals/${id}`, label: "Back to the referral" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      {found && <Body found={found} />}
    </Page>
  );
}

function Body({ found }: { found: Matching }) {
  return (
    <>
      {found.merge && <Joined merge={found.merge} referral={found.id} />}
      {found.choice && <GoesOn choice={found.choice} />}
      {found.is_known_elsewhere && (
        <section class="app-section" aria-label="Another agency">
          <KnownElsewhere />
        </section>
      )}
      <ChildOptions options={found.options} referral={found.id} about="this child" />
      <section class="app-section" aria-labelledby="candidates">
        <h2 class="govuk-heading-m" id="candidates">
          Children who may be the same
        </h2>
        {found.candidates.length === 0 ? (
          <p class="app-empty">No child you can see looks like the one in this referral.</p>
        ) : (
          <p>Compare before you decide. Two children can share a name or a birthday.</p>
        )}
        {found.candidates.map((child) => (
          <Likely child={child} referral={found.id} key={child.id} />
        ))}
      </section>
      <Aside rows={found.set_aside} referral={found.id} />
    </>
  );
}

/** What those who lead the two open cases were asked, and have said. */
function GoesOn({ choice }: { choice: NonNullable<Matching["choice"]> }) {
  return (
    <section class="app-section" aria-labelledby="goes-on">
      <h2 class="govuk-heading-m" id="goes-on">
        Which case goes on? <StateTag label={choice.state_label} />
      </h2>
      <p>
        Asked by {choice.asked_by}, {dateTimeText(choice.asked_at)}.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {choice.cases.map((one) => (
          <li key={one.id}>
            Case {one.reference}, led by {one.lead_agency}:{" "}
            {one.says ? `they say that ${one.says} goes on` : "they have not said yet"}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Likely({ child, referral }: { child: Candidate; referral: string }) {
  return (
    <article class="app-card">
      <h3 class="govuk-heading-s">{child.name}</h3>
      <LikelyChildFacts child={child} />
      <ChildOptions options={child.options} referral={referral} about={child.name} />
    </article>
  );
}

function Aside({ rows, referral }: { rows: SetAside[]; referral: string }) {
  if (rows.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="aside">
      <h2 class="govuk-heading-m" id="aside">
        Not the same child
      </h2>
      {rows.map((row) => (
        <article class="app-card" key={row.id}>
          <h3 class="govuk-heading-s">{row.name ?? "A child whose record you do not see"}</h3>
          {row.date_of_birth && (
            <p>
              Born {dateText(row.date_of_birth)}
              {row.age && `, ${row.age}`}
            </p>
          )}
          <blockquote class="app-answer">{row.reason}</blockquote>
          <p class="app-quiet">
            Said by {row.said_by}, {dateTimeText(row.said_at)}
          </p>
          <ChildOptions options={row.options} referral={referral} about={row.name ?? "this child"} />
        </article>
      ))}
    </section>
  );
}

function Joined({ merge, referral }: { merge: Merge; referral: string }) {
  const { confirmation, into_name: name } = merge;
  return (
    <section class="app-section" aria-labelledby="joined">
      <h2 class="govuk-heading-m" id="joined">
        Joining to {name ?? "another record"} <StateTag label={merge.state_label} />
      </h2>
      <p>
        Proposed by {merge.proposed_by}, {dateTimeText(merge.proposed_at)}.
      </p>
      {confirmation && (
        <p>
          <a href={`/confirmations/${confirmation.id}`}>
            Waiting for a second person to agree: {lowerFirst(confirmation.label)}
          </a>
        </p>
      )}
      {merge.compared.length > 0 && <ComparedFacts facts={merge.compared} other={name ?? "the other record"} />}
      <ChildOptions options={merge.options} referral={referral} about={name ?? "the other record"} />
    </section>
  );
}
