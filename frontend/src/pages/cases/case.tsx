/** One case: who leads, what is next, its clocks, a transfer under way, and what can be done. */
import type { Case, CaseIdentity } from "../../api/types";
import { casePath, identityPath } from "../../lib/first_reads";
import { dateText } from "../../lib/format";
import { resourceOf, useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { ClockList, StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { WaitingConfirmation } from "../confirmations/waiting";
import { ChildDetails } from "../referrals/content";
import Kept from "../retention/kept";
import { Sharing } from "../sharing/ledger";
import { Ending } from "./ending";
import { LeadRequestCards } from "./lead_requests";
import { TransferCards } from "./list";
import { Notes } from "./notes";
import { Overview } from "./overview";
import { Sections } from "./sections";

export default function CaseRoute({ params }: { params: { id: string } }) {
  return <CasePage key={params.id} id={params.id} />;
}

function CasePage({ id }: { id: string }) {
  const resource = useResource<Case>(casePath(id));
  const record = resource.data.value;
  return (
    <Page
      title={record ? `Case ${record.reference}` : "Case"}
      back={{ href: "/cases", label: "All cases" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={record && <StateTag label={record.state_label} />}
    >
      <Sections id={id} current="">
        {record && <Body record={record} />}
      </Sections>
    </Page>
  );
}

function practitioner(record: Case): string {
  const { lead_practitioner: name, practitioner_agency: agency, lead_agency: lead } = record;
  if (!name) return "Not allocated yet";
  if (record.is_minded) return `${name} minds this case until a lead practitioner is chosen`;
  return agency && agency !== lead ? `${name}, ${agency}, until somebody in ${lead} takes over` : name;
}

function Body({ record }: { record: Case }) {
  return (
    <>
      <Kept id={record.id} />
      {record.confirmation && <WaitingConfirmation confirmation={record.confirmation} />}
      <Record record={record} />
    </>
  );
}

/** For whoever answers for the case, as the bar at the top has read it. */
function WhoLooked({ id }: { id: string }) {
  const bar = resourceOf<CaseIdentity>(identityPath(id)).data.value;
  return bar?.tells_who_looked ? (
    <p>
      <a href={`/looks/case/${id}`}>Who looked at this case</a>
    </p>
  ) : null;
}

function Record({ record }: { record: Case }) {
  return (
    <div class="app-record">
      <div class="app-record__first">
        <section class="app-section" aria-labelledby="who">
          <h2 class="govuk-heading-m" id="who">
            Who is responsible
          </h2>
          <SummaryList
            rows={[
              { label: "Lead agency", value: record.lead_agency },
              { label: "Lead practitioner", value: practitioner(record) },
              { label: "Next", value: record.next_action },
              { label: "On", value: dateText(record.next_action_on) },
              { label: "Handed over with", value: record.handover_note },
              { label: "Theme", value: record.theme_label },
              { label: "Priority", value: record.priority_label },
              { label: "First contact", value: dateText(record.first_contact_at) },
              {
                label: "Agreement to help",
                value: record.agreement_label && <a href={`/cases/${record.id}/agreement`}>{record.agreement_label}</a>,
              },
              { label: "Opened", value: dateText(record.opened_at) },
              { label: "Seen by", value: <a href={`/cases/${record.id}/seal`}>Who may see this case</a> },
            ]}
          />
        </section>
      </div>
      <aside class="app-record__aside" aria-label="Actions and clocks">
        <Options options={record.options} />
        <WhoLooked id={record.id} />
        {record.clocks.length > 0 && <h2 class="govuk-heading-s">Clocks</h2>}
        <ClockList clocks={record.clocks} />
      </aside>
      <div class="app-record__main">
        {record.transfer && (
          <section class="app-section" aria-labelledby="transfer">
            <h2 class="govuk-heading-m" id="transfer">
              Transfer proposed
            </h2>
            <TransferCards rows={[record.transfer]} />
          </section>
        )}
        {record.lead_requests.length > 0 && (
          <section class="app-section" aria-labelledby="asked">
            <h2 class="govuk-heading-m" id="asked">
              Another agency asks to lead
            </h2>
            <LeadRequestCards rows={record.lead_requests} />
          </section>
        )}
        {record.pause && (
          <section class="app-section" aria-labelledby="pause">
            <h2 class="govuk-heading-m" id="pause">
              Paused
            </h2>
            <SummaryList
              rows={[
                { label: "Why", value: record.pause.reason_label },
                { label: "Looked at again on", value: dateText(record.pause.look_again_on) },
              ]}
            />
          </section>
        )}
        {record.moving && (
          <section class="app-section" aria-labelledby="moving">
            <h2 class="govuk-heading-m" id="moving">
              {record.ending ? "Taken over by another area" : "Another area is asked to take it over"}
            </h2>
            <SummaryList
              rows={[
                { label: "Who", value: `${record.moving.receiver}, ${record.moving.area}` },
                { label: "Spoke to", value: record.moving.contact },
                { label: "Asked", value: dateText(record.moving.asked_at) },
              ]}
            />
          </section>
        )}
        {record.ending && <Ending ending={record.ending} />}
        <Overview id={record.id} />
        <section class="app-section" aria-labelledby="notes">
          <h2 class="govuk-heading-m" id="notes">
            Visits, calls and talks
          </h2>
          <Notes caseId={record.id} />
        </section>
        {record.child && <ChildDetails child={record.child} page={`/cases/${record.id}/child`} />}
        {record.sees_sharing && (
          <Sharing
            path={`cases/${record.id}/`}
            withdraw={{ url: record.withdraw_sharing_url, version: record.version }}
          />
        )}
      </div>
    </div>
  );
}
