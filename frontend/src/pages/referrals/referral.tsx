/** One referral: who holds it, what is next and by when, what was said, what can be done, what happened. */
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Referral } from "../../api/types";
import { useResource } from "../../lib/resource";
import { GlassBanner } from "../../ui/glass";
import { Options } from "../../ui/options";
import { NOTHING_YET, Page } from "../../ui/page";
import { Present } from "../../ui/present";
import { SafetyBanner } from "../../ui/safety";
import { ClockList, StateTag, UrgentTag } from "../../ui/status";
import { Timeline } from "../../ui/timeline";
import { WaitingConfirmation } from "../confirmations/waiting";
import { Challenges } from "../disagreements/challenges";
import { LikelyChildrenPanel } from "../matching/panel";
import Kept from "../retention/kept";
import { Sharing } from "../sharing/ledger";
import { Amendments, FamilyContacts, HelpedBefore, LinkedReferrals, SiblingReferrals } from "./around";
import { Caller, HandOver } from "./caller";
import { ChildDetails, Factors, ReferralText, Statements } from "./content";
import { ReachableMoment } from "./moment";
import { Decisions, InformationRequests, Offer, ToldList } from "./progress";
import { ProtectedAddress } from "./protected";
import { TrackerPanel } from "./tracker";
import { AgenciesConcerned, Flags, Hops, OnThisPage, PastPanel, TellingList } from "./triage";

/** While it is being written, its page is the list of tasks. */
const BEING_WRITTEN = "draft";

export default function ReferralRoute({ params }: { params: { id: string } }) {
  return <ReferralPage key={params.id} id={params.id} />;
}

function ReferralPage({ id }: { id: string }) {
  const { route } = useLocation();
  const resource = useResource<Referral>(`referrals/${id}/`);
  const referral = resource.data.value;
  const isDraft = referral?.state === BEING_WRITTEN;
  useEffect(() => {
    if (isDraft) route(`/referrals/${id}/draft`, true);
  }, [isDraft]);
  return (
    <Page
      title={referral ? `Referral ${referral.reference}` : "Referral"}
      caption={referral ? `From ${referral.referrer.agency}` : NOTHING_YET}
      error={resource.error.value}
      retry={resource.load}
      ready={referral !== null && !isDraft}
      aside={
        referral && (
          <p class="app-tags">
            <StateTag label={referral.state_label} />
            <UrgentTag urgent={referral.is_urgent} />
          </p>
        )
      }
    >
      <Present root={id} />
      {referral && <Body referral={referral} />}
    </Page>
  );
}

function Body({ referral }: { referral: Referral }) {
  return (
    <>
      {referral.by_break_glass && <GlassBanner />}
      <HandOver id={referral.id} telling={referral.telling_caller} />
      <TrackerPanel tracker={referral.tracker} />
      {referral.moment && (
        <div class="govuk-inset-text">
          <ReachableMoment moment={referral.moment} />
        </div>
      )}
      <SafetyBanner alerts={referral.safety} />
      <Kept id={referral.id} />
      {referral.confirmation && <WaitingConfirmation confirmation={referral.confirmation} />}
      <Parts referral={referral} />
      <div class="app-record">
        <aside class="app-record__aside" aria-label="Actions and clocks">
          <Options options={referral.options} />
          {referral.child && (
            <p>
              <a href={`/referrals/${referral.id}/services`}>Find a service for this child</a>
            </p>
          )}
          {referral.can_match_child && !referral.case && (
            <p>
              <a href={`/referrals/${referral.id}/seal`}>Who may see this referral</a>
            </p>
          )}
          {referral.clocks.length > 0 && (
            <section aria-labelledby="clocks">
              <h2 class="govuk-heading-s" id="clocks">
                Clocks
              </h2>
              <ClockList clocks={referral.clocks} />
            </section>
          )}
          <AgenciesConcerned agencies={referral.agencies_concerned} />
        </aside>
        <div class="app-record__main">
          <Flags flags={referral.flags} />
          <Decisions referral={referral} />
          <Challenges rows={referral.disagreements} />
          {referral.offer && <Offer offer={referral.offer} />}
          <Hops hops={referral.hops} />
          <InformationRequests requests={referral.information_requests} back={`/referrals/${referral.id}`} />
          {referral.child && <ChildDetails child={referral.child} more={referral} />}
          {referral.sees_protected && <ProtectedAddress path={`referrals/${referral.id}/protected/`} />}
          {referral.can_match_child && <LikelyChildrenPanel id={referral.id} />}
          {referral.can_match_child && <PastPanel id={referral.id} />}
          <HelpedBefore earlier={referral.helped_before} />
          <SiblingReferrals siblings={referral.siblings} />
          <FamilyContacts contacts={referral.contacts} />
          <Statements statements={referral.statements} />
          <LinkedReferrals linked={referral.linked_here} />
          <Factors factors={referral.factors} />
          <ReferralText text={referral.referral_text} />
          <Amendments amendments={referral.amendments} />
          {referral.telling.length > 0 ? (
            <TellingList telling={referral.telling} options={referral.options} />
          ) : (
            <ToldList told={referral.told} />
          )}
          <Caller telling={referral.telling_caller} />
          {referral.sees_sharing && (
            <Sharing
              path={`referrals/${referral.id}/`}
              withdraw={{ url: referral.withdraw_sharing_url, version: referral.version }}
            />
          )}
          <section class="app-section" aria-labelledby="timeline">
            <h2 class="govuk-heading-m" id="timeline">
              What has happened
            </h2>
            <Timeline path={`referrals/${referral.id}/timeline/`} />
          </section>
        </div>
      </div>
    </>
  );
}

function Parts({ referral }: { referral: Referral }) {
  const { child, can_match_child: decides, statements, factors, telling, information_requests: asked } = referral;
  return (
    <OnThisPage
      parts={[
        ["decision", "Decision", referral.decision !== null],
        ["hops", "Offers", referral.hops.length > 0],
        ["questions", "Questions asked", asked.length > 0],
        ["child", "The child", child !== null],
        ["likely", "A child we know?", decides],
        ["past", "What went before", decides],
        ["before", "Helped before", referral.helped_before !== null],
        ["statements", "What was said", statements.length > 0],
        ["linked", "Also said", referral.linked_here.length > 0],
        ["factors", "Risks and strengths", factors.length > 0],
        ["answers", "As sent", referral.referral_text !== null],
        ["told", "Who was told", telling.length > 0],
        ["caller", "Whoever raised this", referral.telling_caller !== null],
        ["timeline", "What has happened", child !== null],
      ]}
    />
  );
}
