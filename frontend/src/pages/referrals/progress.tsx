/** How the referral goes on: decisions, offers, questions, the second person, and who has been told. */
import type { Decision, InformationRequest, Offer as OfferInHand, Referral, Told } from "../../api/types";
import { byWhen, dateText, dateTimeText } from "../../lib/format";
import { now } from "../../lib/now";
import { Options } from "../../ui/options";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { Section } from "./content";

function PickedService({ service }: { service: NonNullable<Decision["service"]> }) {
  return <a href={`/services/${service.id}`}>{service.words}</a>;
}

/** The level with the version of the partnership's text that stood beside it. */
function levelOf({ level_label: level, level_text: text }: Decision): string {
  return level && text ? `${level} (threshold text, version ${text})` : level;
}

function DecisionFacts({ decision }: { decision: Decision }) {
  return (
    <SummaryList
      rows={[
        { label: "Decision", value: decision.label },
        { label: "Service", value: decision.service && <PickedService service={decision.service} /> },
        { label: "Level of need", value: levelOf(decision) },
        { label: "Primary need", value: decision.primary_need_label },
        { label: "Decided by", value: `${decision.by}, ${decision.agency}` },
        { label: "Confirmed by", value: decision.confirmed_by },
        { label: "When", value: dateTimeText(decision.at) },
        { label: "Reason", value: decision.reason_label },
        { label: "Outcome", value: decision.outcome_text },
        { label: "Why", value: decision.rationale ?? "" },
      ]}
    />
  );
}

export function Decisions({ referral }: { referral: Referral }) {
  const { decision, decisions, linked_to: linkedTo } = referral;
  const earlier = decisions.filter((other) => other.id !== decision?.id);
  if (!decision && !referral.case && !linkedTo) return null;
  return (
    <Section id="decision" title="Decision">
      {decision && <DecisionFacts decision={decision} />}
      {referral.case && (
        <p>
          {`Case ${referral.case.reference}, ${referral.case.state_label}, led by ${referral.case.lead_agency}. `}
          {referral.case.id && (
            <a href={`/cases/${referral.case.id}`}>
              Open the case<span class="govuk-visually-hidden"> {referral.case.reference}</span>
            </a>
          )}
        </p>
      )}
      {linkedTo && <p>Joined to {linkedTo}.</p>}
      {earlier.length > 0 && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">Earlier decisions</span>
          </summary>
          <div class="govuk-details__text">
            {earlier.map((other) => (
              <DecisionFacts key={other.id} decision={other} />
            ))}
          </div>
        </details>
      )}
    </Section>
  );
}

export function Offer({ offer }: { offer: OfferInHand }) {
  return (
    <Section id="offer" title={`Offered to ${offer.agency}`}>
      <SummaryList
        rows={[
          { label: "Offered", value: dateTimeText(offer.offered_at) },
          { label: "Answer due", value: offer.due_at ? byWhen(offer.due_at, now.value) : "" },
          { label: "Why", value: offer.rationale ?? "" },
        ]}
      />
    </Section>
  );
}

export function InformationRequests({ requests, back }: { requests: InformationRequest[]; back: string }) {
  if (requests.length === 0) return null;
  return (
    <Section id="questions" title="Questions asked">
      {requests.map((request) => (
        <article class="app-card" key={request.id}>
          <h3 class="govuk-heading-s">
            {request.agency} <StateTag label={request.state_label} />
          </h3>
          <p>{request.question}</p>
          {request.answer && <blockquote class="app-answer">{request.answer}</blockquote>}
          {request.reason_label && <p>{request.reason_label}</p>}
          <p class="app-quiet">
            Asked {dateTimeText(request.asked_at)}
            {request.answered_at && `, answered ${dateTimeText(request.answered_at)}`}
            {!request.answered_at && request.due_at && `, due ${dateTimeText(request.due_at)}`}
          </p>
          {request.is_late && <p class="app-quiet">{request.answered_at ? "Answered late." : "Late."}</p>}
          {request.chased_on.length > 0 && (
            <p class="app-quiet">Chased on {request.chased_on.map((day) => dateText(day)).join(", ")}.</p>
          )}
          <Options
            options={request.options}
            title={`What you can do with the question to ${request.agency}`}
            back={back}
          />
        </article>
      ))}
    </Section>
  );
}

export function toldSentence(told: Told): string {
  if (!told.at) {
    const again = told.look_again_on ? ` Look again on ${dateText(told.look_again_on)}.` : "";
    return `Not told yet${told.why_not ? `: ${told.why_not}.` : "."}${again}`;
  }
  const how = [told.method_label, told.by && `by ${told.by}`].filter(Boolean).join(", ");
  return `Told ${dateTimeText(told.at)}${how ? ` (${how})` : ""}`;
}

export function ToldList({ told }: { told: Told[] }) {
  if (told.length === 0) return null;
  return (
    <Section id="told" title="Who has been told the outcome">
      <SummaryList rows={told.map((one) => ({ label: one.label, value: toldSentence(one) }))} />
    </Section>
  );
}
