/** Who this case is about and what to know first: one line, with the rest behind a fold. */
import type { CaseIdentity } from "../../api/types";
import { dateText } from "../../lib/format";
import type { Resource } from "../../lib/resource";
import { GlassBanner } from "../../ui/glass";
import { SafeNumber } from "../../ui/number";
import { optionPath } from "../../ui/options";
import { NOTHING_YET } from "../../ui/page";
import { PriorityTag } from "../../ui/status";

export function IdentityBar({ id, resource }: { id: string; resource: Resource<CaseIdentity> }) {
  const { data, error } = resource;
  const record = data.value;
  const waiting = error.value ? "Who this is about could not be read just now. Open the page again." : NOTHING_YET;
  return (
    <section class="app-identity" aria-label="Who this case is about" aria-busy={!record && !error.value}>
      {record ? <Said id={id} record={record} /> : <p class="app-identity__line">{waiting}</p>}
    </section>
  );
}

const lead = ({ lead_practitioner: name, lead_agency: agency, is_minded: minded }: CaseIdentity) => {
  if (!name) return `${agency}, not allocated yet`;
  return `${name}${minded ? " minds it" : ""}, ${agency}`;
};

const born = (child: NonNullable<CaseIdentity["child"]>) => {
  if (child.died_on) return `died ${dateText(child.died_on)}`;
  if (child.pregnancy_ended_on) return `the pregnancy ended ${dateText(child.pregnancy_ended_on)}`;
  if (child.expected_date) return `expected ${dateText(child.expected_date)}`;
  return child.age ?? "age not known";
};

const OFFERED = ["add_alert", "review_alert"];

function Ways({ id, options }: { id: string; options: CaseIdentity["options"] }) {
  const offered = options.filter(({ name }) => OFFERED.includes(name));
  if (offered.length === 0) return null;
  return (
    <ul class="app-inline-links app-quiet">
      {offered.map((option) => (
        <li key={option.name}>
          <a href={optionPath(option, `/cases/${id}`, "identity")}>{option.label}</a>
        </li>
      ))}
    </ul>
  );
}

function Said({ id, record }: { id: string; record: CaseIdentity }) {
  const { child } = record;
  return (
    <>
      {record.by_break_glass && <GlassBanner />}
      <p class="app-identity__line">
        <strong>{child ? child.name : "A child"}</strong>
        {child?.known_as && <span>known as {child.known_as}</span>}
        {child && <span>{born(child)}</span>}
        <span class="app-quiet app-unbroken">{record.reference}</span>
        <span class="app-quiet">{record.state_label}</span>
        <PriorityTag priority={record.priority} label={record.priority_label} />
        <span class="app-quiet">{lead(record)}</span>
      </p>
      {record.alerts.length > 0 && <Alerts alerts={record.alerts} />}
      <Contacts record={record} />
      <Ways id={id} options={record.options} />
    </>
  );
}

function Alerts({ alerts }: { alerts: CaseIdentity["alerts"] }) {
  const labels = [...new Set(alerts.flatMap(({ labels: said }) => said))];
  const overdue = alerts.some(({ is_overdue: late }) => late);
  return (
    <details class="app-identity__fold app-identity__fold--alert">
      <summary>
        <strong>Before you visit:</strong> {labels.join(", ") || "read the note"}
        {overdue && <strong class="govuk-tag govuk-tag--red app-tag">Review overdue</strong>}
      </summary>
      <ul class="govuk-list">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <strong>{alert.labels.join(", ")}</strong>
            {alert.note && <p class="app-answer">{alert.note}</p>}
            <p>{alert.disclosure_label}.</p>
            <p>
              {alert.is_overdue ? "Should have been looked at again by" : "To be looked at again by"}{" "}
              {dateText(alert.review_on)}.
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Contacts({ record: { contacts, child } }: { record: CaseIdentity }) {
  const birth = child?.date_of_birth && `Born ${dateText(child.date_of_birth)}. `;
  if (contacts.length === 0) {
    return <p class="app-quiet">{birth}No telephone number has been given.</p>;
  }
  return (
    <details class="app-identity__fold">
      <summary>How to reach the family safely</summary>
      <p class="app-quiet">{birth}</p>
      <ul class="govuk-list">
        {contacts.map((one) => (
          <li key={one.id}>
            {one.whose}: <SafeNumber number={one.number} rule={one.rule_label} refusals={one.refusals} />
          </li>
        ))}
      </ul>
    </details>
  );
}
