/** The likely children on the page of a referral, in few words; the comparison is a page of its own. */
import type { Candidate, Matching } from "../../api/types";
import { useResource } from "../../lib/resource";
import { KnownElsewhere } from "../../ui/comparison";
import { Loading } from "../../ui/page";
import { Problem } from "../../ui/problem";

const SHOWN = 3;

export function LikelyChildrenPanel({ id }: { id: string }) {
  const resource = useResource<Matching>(`referrals/${id}/matching/`);
  const found = resource.data.value;
  return (
    <section class="app-section" aria-labelledby="likely">
      <h2 class="govuk-heading-m" id="likely">
        Is this a child we know?
      </h2>
      {found ? (
        <Summary found={found} />
      ) : resource.error.value ? (
        <Problem error={resource.error.value} retry={resource.load} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Summary({ found }: { found: Matching }) {
  const rest = found.candidates.length - SHOWN;
  return (
    <>
      {found.is_known_elsewhere && <KnownElsewhere />}
      {found.merge && (
        <p>
          Joining to {found.merge.into_name ?? "another record"}: {found.merge.state_label.toLowerCase()}.
        </p>
      )}
      {found.candidates.length === 0 && <p>No child you can see looks like the one in this referral.</p>}
      {found.candidates.slice(0, SHOWN).map((child) => (
        <Brief child={child} key={child.id} />
      ))}
      {rest > 0 && <p>And {rest} more.</p>}
      <p>
        <a href={`/referrals/${found.id}/child`}>Compare and decide which child this is</a>
      </p>
    </>
  );
}

function Brief({ child }: { child: Candidate }) {
  const count = child.contacts_together;
  return (
    <div class="app-card">
      <p class="app-card__head">
        <strong>{child.name}</strong>
      </p>
      <p>
        {child.strength}. {child.why.join(". ")}.
      </p>
      <p>
        If it is, this is contact {count} in 12 months.
        {child.open_case && ` Open case ${child.open_case.reference} with ${child.open_case.lead_agency}.`}
      </p>
    </div>
  );
}
