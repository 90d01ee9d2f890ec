/** One service for one child: what whoever provides it needs, how far it is, and its sessions. */
import type { Intervention } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { SafeNumber } from "../../ui/number";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { ClockList, StateTag } from "../../ui/status";
import { Lines, SummaryList } from "../../ui/summary";
import { placeText, turnText } from "./list";
import { Sessions } from "./sessions";

export default function InterventionRoute({ params }: { params: { id: string } }) {
  return <InterventionPage key={params.id} id={params.id} />;
}

function InterventionPage({ id }: { id: string }) {
  const resource = useResource<Intervention>(`interventions/${id}/`);
  const record = resource.data.value;
  const back = record?.case_id
    ? { href: `/cases/${record.case_id}/interventions`, label: "Services of this case" }
    : { href: "/giving", label: "Services we give" };
  return (
    <Page
      title={record ? record.service_name : "Service"}
      caption={record ? `Case ${record.case_reference}` : undefined}
      back={back}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={record && <StateTag label={record.state_label} />}
    >
      {record && <Record record={record} />}
    </Page>
  );
}

const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(", ");

const goalText = ({ words, is_open }: Intervention["plan_goals"][number]) => (is_open ? words : `${words} (ended)`);

function Record({ record }: { record: Intervention }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Actions and clocks">
        <Options options={record.options} />
        {record.clocks.length > 0 && <h2 class="govuk-heading-s">Clocks</h2>}
        <ClockList clocks={record.clocks} />
      </aside>
      <div class="app-record__main">
        <TurnOf turn={record.turn} />
        <Safety record={record} />
        <section class="app-section" aria-labelledby="what">
          <h2 class="govuk-heading-m" id="what">
            What it is for
          </h2>
          <SummaryList
            rows={[
              { label: "Provided by", value: record.organisation },
              { label: "Given by", value: record.worker },
              { label: "What it should help with", value: record.goal },
              {
                label: "Goals of the family’s plan",
                value: record.plan_goals.length > 0 && <Lines lines={record.plan_goals.map(goalText)} />,
              },
              { label: "What they must know", value: record.what_they_need },
              {
                label: "What the family knew",
                value: record.family_knows.length > 0 && <Lines lines={record.family_knows} />,
              },
              { label: "Why not told or asked", value: record.not_told_why_label },
              { label: "Recommended", value: joined(record.recommended_by, dateText(record.recommended_at)) },
              { label: "Provider asked", value: dateTimeText(record.offered_at) },
              { label: "Shared with them", value: record.is_stopped && "No: they can no longer read it" },
              { label: "Provider answered", value: joined(record.answered_by, dateTimeText(record.answered_at)) },
              { label: "Their answer", value: record.answer },
              { label: "The family", value: joined(record.family_answer, dateText(record.agreed_on)) },
              { label: "Waiting", value: record.place && placeText(record.place) },
              { label: "Started", value: dateText(record.started_on) },
              { label: "Ended", value: dateText(record.ended_at) },
              { label: "Why", value: record.reason_label },
              { label: "What came of it", value: record.outcome },
              { label: "Who goes on with it", value: record.goes_on_with },
              { label: "Lead practitioner", value: joined(record.lead_practitioner, record.lead_agency) },
            ]}
          />
        </section>
        {record.started_on && <Held record={record} />}
        <Child record={record} />
      </div>
    </div>
  );
}

/** Who has the request now, and what comes next: nobody who referred a child on is left wondering. */
function TurnOf({ turn }: { turn: Intervention["turn"] }) {
  if (!turn) return null;
  return (
    <section class="app-section" aria-labelledby="turn">
      <h2 class="govuk-heading-m" id="turn">
        Who has it now
      </h2>
      <p class="govuk-body-l">{turnText(turn)}</p>
    </section>
  );
}

/** What a visitor must know comes before everything else on the page. */
function Safety({ record }: { record: Intervention }) {
  if (record.safety.length === 0) return null;
  return (
    <section class="govuk-inset-text" aria-labelledby="safety">
      <h2 class="govuk-heading-s" id="safety">
        Before you visit
      </h2>
      {record.safety.map((alert) => (
        <div key={alert.id}>
          <p>{alert.labels.join(" · ")}</p>
          {alert.note && <p class="app-answer">{alert.note}</p>}
          <p class="app-quiet">Looked at again by {dateText(alert.review_on)}</p>
        </div>
      ))}
    </section>
  );
}

function Held({ record }: { record: Intervention }) {
  return (
    <section class="app-section" aria-labelledby="sessions">
      <h2 class="govuk-heading-m" id="sessions">
        Sessions
      </h2>
      <p>{record.dosage.words}.</p>
      <Sessions id={record.id} />
    </section>
  );
}

function Child({ record }: { record: Intervention }) {
  const { child } = record;
  if (!child) return null;
  return (
    <section class="app-section" aria-labelledby="child">
      <h2 class="govuk-heading-m" id="child">
        The child
      </h2>
      <SummaryList
        rows={[
          { label: "Name", value: child.name },
          { label: "Also known as", value: child.known_as },
          { label: "Age", value: joined(child.age, dateText(child.date_of_birth)) },
          { label: "Language", value: child.language },
          { label: "School", value: child.school },
          { label: "Address", value: joined(child.address, child.postcode) },
        ]}
      />
      {record.contacts.length > 0 && <h3 class="govuk-heading-s">Safe contact</h3>}
      {record.contacts.map((contact) => (
        <div key={contact.id}>
          {contact.whose}: <SafeNumber number={contact.number} rule={contact.rule_label} refusals={contact.refusals} />
        </div>
      ))}
    </section>
  );
}
