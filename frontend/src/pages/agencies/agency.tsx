/** One agency: how to reach it, who works there, what stands in the way of its ending, and the ways on. */
import { useLocation } from "preact-iso/router";
import type { AgencyDetail, Exception } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { Lines, SummaryList } from "../../ui/summary";
import { RecordRows } from "../exceptions/record_rows";

export default function AgencyRoute({ params }: { params: { id: string } }) {
  const { query } = useLocation();
  if (query.kind) return <WorkPage key={params.id + query.kind} id={params.id} kind={query.kind} />;
  return <AgencyPage key={params.id} id={params.id} />;
}

function AgencyPage({ id }: { id: string }) {
  const resource = useResource<AgencyDetail>(`agencies/${id}/`);
  const agency = resource.data.value;
  return (
    <Page
      title={agency?.name ?? "Agency"}
      back={{ href: "/agencies", label: labelOf("agencies", "Agencies") }}
      error={resource.error.value}
      retry={resource.load}
      ready={agency !== null}
      aside={agency?.ended_at && <StateTag label="Has ended" />}
    >
      {agency && <Body agency={agency} />}
    </Page>
  );
}

function Body({ agency }: { agency: AgencyDetail }) {
  return (
    <>
      <SummaryList
        rows={[
          { label: "What it is", value: agency.kind },
          { label: "What it does", value: agency.what_it_does },
          { label: "Telephone", value: agency.phone },
          { label: "Hours", value: agency.hours },
          {
            label: "Out of hours",
            value: [agency.out_of_hours_name, agency.out_of_hours_phone].filter(Boolean).join(", "),
          },
          {
            label: "Receives by duty",
            value: agency.receives_by_duty ? "Yes: a referral is theirs when it is sent" : "",
          },
          { label: "Ended", value: dateTimeText(agency.ended_at) },
        ]}
      />
      <Options options={agency.options} />
      {agency.work.length > 0 && <Work agency={agency} />}
      {agency.people.length > 0 && <People agency={agency} />}
      {agency.endings.length > 0 && <Endings agency={agency} />}
    </>
  );
}

function Work({ agency }: { agency: AgencyDetail }) {
  return (
    <section aria-labelledby="work">
      <h2 class="govuk-heading-m" id="work">
        What it has now
      </h2>
      <p>An agency ends once nothing is left here that somebody waits for.</p>
      <ul class="app-cards">
        {agency.work.map((one) => (
          <li class="app-card" key={one.kind}>
            <p class="app-card__head">
              {one.may_open ? (
                <a class="app-card__link" href={`/agencies/${agency.id}?kind=${one.kind}`}>
                  {one.label}
                </a>
              ) : (
                <strong>{one.label}</strong>
              )}
              <strong class="govuk-tag govuk-tag--yellow app-tag">{one.count}</strong>
            </p>
            <p class="app-quiet">{one.hint}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function People({ agency }: { agency: AgencyDetail }) {
  return (
    <section aria-labelledby="people">
      <h2 class="govuk-heading-m" id="people">
        Who works there
      </h2>
      <ul class="govuk-list">
        {agency.people.map((person) => (
          <li key={person.id}>{[person.name, person.role, person.team].filter(Boolean).join(", ")}</li>
        ))}
      </ul>
    </section>
  );
}

function Endings({ agency }: { agency: AgencyDetail }) {
  return (
    <section aria-labelledby="endings">
      <h2 class="govuk-heading-m" id="endings">
        What was done towards its end
      </h2>
      <SummaryList
        rows={agency.endings.map((one) => ({
          label: dateTimeText(one.at),
          value: (
            <>
              <p>
                {one.label}, by {one.by}
              </p>
              {one.reason && <p>{one.reason}</p>}
              {one.lines.length > 0 && <Lines lines={one.lines} />}
            </>
          ),
        }))}
      />
    </section>
  );
}

function WorkPage({ id, kind }: { id: string; kind: string }) {
  const resource = useResource<AgencyDetail>(`agencies/${id}/`);
  const list = useRows<Exception>(`agencies/${id}/work/?kind=${encodeURIComponent(kind)}`);
  const agency = resource.data.value;
  const about = agency?.work.find((one) => one.kind === kind);
  return (
    <Page title={about?.label ?? "What it has"} back={{ href: `/agencies/${id}`, label: agency?.name ?? "Agency" }}>
      {about && <p class="govuk-body-l">{about.hint}</p>}
      <RecordRows list={list} />
    </Page>
  );
}
