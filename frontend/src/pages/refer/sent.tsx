/** The referral has been sent: its reference, who has it, what happens next and by when. */
import type { Referral } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Phones } from "../../ui/phones";
import { Siblings } from "./siblings";

export default function SentRoute({ params }: { params: { id: string } }) {
  return <SentPage key={params.id} id={params.id} />;
}

function SentPage({ id }: { id: string }) {
  const resource = useResource<Referral>(`referrals/${id}/`);
  const referral = resource.data.value;
  return (
    <Page title="Referral sent" narrow error={resource.error.value} retry={resource.load} ready={referral !== null}>
      {referral && <Body referral={referral} />}
    </Page>
  );
}

function Body({ referral }: { referral: Referral }) {
  const { tracker } = referral;
  const phones = [
    { label: tracker.holder?.name ?? "", number: tracker.holder?.phone ?? "" },
    { label: "Outside office hours", number: tracker.holder?.out_of_hours_phone ?? "" },
  ].filter(({ number }) => number);
  return (
    <>
      <div class="govuk-panel govuk-panel--confirmation app-panel">
        <p class="govuk-panel__body">
          Your reference
          <br />
          <strong>{referral.reference}</strong>
        </p>
      </div>
      <h2 class="govuk-heading-m">What happens next</h2>
      <p>{tracker.sentence}</p>
      <p>You will be told the outcome and the reason. You can see at any time who has the referral.</p>
      {phones.length > 0 && <p>If things get worse, do not wait. In danger, call 999. Otherwise call:</p>}
      <Phones phones={phones} />
      <Siblings referral={referral} />
      <div class="govuk-button-group">
        <a class="govuk-button" href={`/referrals/${referral.id}`}>
          Follow this referral
        </a>
        <a href="/referrals/new">Make another referral</a>
      </div>
    </>
  );
}
