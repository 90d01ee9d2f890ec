/** A known child beside the one in the referral: what agrees, what differs, what came before. Nothing is preselected. */
import type { ComparedFact, ContactMade, LikelyChild } from "../api/types";
import { dateText } from "../lib/format";

/** How two facts compare, told by a word and never by colour alone. */
const HOW: Record<ComparedFact["how"], { word: string; tag: string }> = {
  same: { word: "Same", tag: "govuk-tag govuk-tag--green" },
  near: { word: "Almost", tag: "govuk-tag govuk-tag--yellow" },
  different: { word: "Differs", tag: "govuk-tag govuk-tag--red" },
  unknown: { word: "Not known", tag: "govuk-tag govuk-tag--grey" },
};

const NOT_SAID = <span class="app-quiet">Not known</span>;

interface FactsProps {
  facts: ComparedFact[];
  /** Whose record stands on the right. */
  other: string;
}

/** Two records fact by fact; on a phone each fact is a card with both below it. */
export function ComparedFacts({ facts, other }: FactsProps) {
  return (
    <table class="govuk-table app-table app-compared">
      <caption class="govuk-visually-hidden">This referral beside {other}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {["Fact", "In this referral", "In the known record", "Compared"].map((label) => (
            <th class="govuk-table__header" scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {facts.map((fact) => (
          <tr class={`govuk-table__row app-compared--${fact.how}`} key={fact.name}>
            <th class="govuk-table__header" scope="row">
              {fact.label}
            </th>
            <Side label="In this referral">{fact.here || NOT_SAID}</Side>
            <Side label="In the known record">{fact.there || NOT_SAID}</Side>
            <Side label="Compared">
              <strong class={`${HOW[fact.how].tag} app-tag`}>{HOW[fact.how].word}</strong>
            </Side>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <td class="govuk-table__cell">
      <span class="app-table__label" aria-hidden="true">
        {label}
      </span>
      <div>{children}</div>
    </td>
  );
}

/** Everything that is known of one likely child. */
export function LikelyChildFacts({ child }: { child: LikelyChild }) {
  const born = child.date_of_birth ? `Born ${dateText(child.date_of_birth)}` : "Date of birth not known";
  return (
    <>
      <p>
        {born}
        {child.age && `, ${child.age}`}
      </p>
      <p>
        <strong>{child.strength}</strong>
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {child.why.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {child.compared.length > 0 ? (
        <ComparedFacts facts={child.compared} other={child.name} />
      ) : (
        <p class="app-quiet">
          The record is another agency's. They answered your question; the rest of it is not shown.
        </p>
      )}
      <Contacts child={child} />
    </>
  );
}

function Contacts({ child }: { child: LikelyChild }) {
  const together = child.contacts_together;
  return (
    <>
      <p>
        {child.contacts.length === 0
          ? "No earlier contact."
          : `If this is the same child, there were ${together} contacts in the last 12 months, this one included.`}
        {child.open_case && ` Open case ${child.open_case.reference} with ${child.open_case.lead_agency}.`}
      </p>
      {child.contacts.length > 0 && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              Earlier contacts<span class="govuk-visually-hidden"> about {child.name}</span>
            </span>
          </summary>
          <ol class="govuk-list govuk-list--number govuk-details__text">
            {child.contacts.map((contact) => (
              <Contact key={contact.reference} contact={contact} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Contact({ contact }: { contact: ContactMade }) {
  return (
    <li>
      {contact.reference}, {dateText(contact.sent_at.slice(0, 10))}: {contact.state_label}, with {contact.holder}
    </li>
  );
}

/** Said of a record one may not see: that it is there, and nothing else. */
export function KnownElsewhere() {
  return (
    <div class="govuk-inset-text">
      Another agency is involved with a child who may be this one. You do not see their record.
    </div>
  );
}
