/** Around the child: what visitors must know first, how to reach the family safely, what was changed, and siblings. */
import type { Amendment, FamilyContact, Followed, LinkedHere, Sibling } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { telephone } from "../../ui/phones";
import { SummaryList } from "../../ui/summary";
import { Said, Section } from "./content";
import { endedText } from "./triage";

export function FamilyContacts({ contacts }: { contacts: FamilyContact[] }) {
  if (contacts.length === 0) return null;
  return (
    <Section id="contacts" title="Phone numbers">
      <dl class="govuk-summary-list">
        {contacts.map(({ id, whose, number, rule_label: rule, refusals }) => (
          <div class="govuk-summary-list__row" key={id}>
            <dt class="govuk-summary-list__key">{whose}</dt>
            <dd class="govuk-summary-list__value">
              {refusals.length === 0 ? <a href={telephone(number)}>{number}</a> : number}
              <br />
              <strong>{rule}</strong>
              {refusals.length > 0 && (
                <>
                  <br />
                  Do not call now. {refusals.join(" ")}
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

export function Amendments({ amendments }: { amendments: Amendment[] }) {
  if (amendments.length === 0) return null;
  return (
    <Section id="amendments" title="Amended after sending">
      {amendments.map((change) => (
        <div key={change.id}>
          <p>
            {dateTimeText(change.at)}, {change.by}, {change.agency}: {change.reason_label}. {change.reason}
          </p>
          <SummaryList
            rows={change.changes.map(({ label, before, after, mark }) => ({
              label: mark ? `${label} (${mark.toLowerCase()})` : label,
              stays: Boolean(mark),
              value: [`It said: ${before.join("; ")}`, `It says: ${after.join("; ")}`],
            }))}
          />
        </div>
      ))}
    </Section>
  );
}

/** The case that a referral follows: who helped until when, and why it ended; its page for whoever may open it. */
export function HelpedBefore({ earlier }: { earlier: Followed | null }) {
  if (!earlier) return null;
  return (
    <Section id="before" title="Helped before">
      <p>
        This referral follows{" "}
        {earlier.case_id ? (
          <a href={`/cases/${earlier.case_id}`}>case {earlier.reference}</a>
        ) : (
          `case ${earlier.reference}`
        )}
        , led by {earlier.lead_agency}. Opened {dateText(earlier.opened_at)}. {endedText(earlier)}
      </p>
    </Section>
  );
}

export function SiblingReferrals({ siblings }: { siblings: Sibling[] }) {
  if (siblings.length === 0) return null;
  return (
    <Section id="siblings" title="Brothers and sisters, referred together">
      <ul class="govuk-list govuk-list--bullet">
        {siblings.map((one) => (
          <li key={one.id}>
            <a href={`/referrals/${one.id}`}>Referral {one.reference}</a>: {one.state_label.toLowerCase()}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What other agencies said about the same child, joined to this referral: it is read here, as one picture. */
export function LinkedReferrals({ linked }: { linked: LinkedHere[] }) {
  if (linked.length === 0) return null;
  return (
    <Section id="linked" title="Also said about this child">
      {linked.map((one) => (
        <section key={one.id} aria-labelledby={`linked-${one.id}`}>
          <h3 class="govuk-heading-s" id={`linked-${one.id}`}>
            {one.person}, {one.agency}, {dateTimeText(one.submitted_at)}
          </h3>
          {one.statements.map((statement) => (
            <Said key={statement.id} statement={statement} kind={statement.kind_label} />
          ))}
          <p>
            <a href={`/referrals/${one.id}`}>Read referral {one.reference}</a>
          </p>
        </section>
      ))}
    </Section>
  );
}
