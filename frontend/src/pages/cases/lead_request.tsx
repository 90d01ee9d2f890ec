/** One request to lead a case: what an agency of the team asks, by when it is answered, and what was said. */
import type { LeadRequest } from "../../api/types";
import { appPath, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function LeadRequestRoute({ params }: { params: { id: string } }) {
  return <LeadRequestPage key={params.id} id={params.id} />;
}

function LeadRequestPage({ id }: { id: string }) {
  const resource = useResource<LeadRequest>(`lead-requests/${id}/`);
  const request = resource.data.value;
  return (
    <Page
      title={request ? `Who leads case ${request.case_reference}` : "Request to lead"}
      back={backOf(request)}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={request !== null}
      aside={request && <StateTag label={request.state_label} />}
    >
      {request && <Body request={request} />}
    </Page>
  );
}

/** The case for whoever reads it, one's place on its team for whoever asked. */
function backOf(request: LeadRequest | null) {
  if (request?.case_url) return { href: appPath(request.case_url), label: "The case" };
  if (request?.place_url) return { href: appPath(request.place_url), label: "Team around a child" };
  return { href: "/work", label: "My work" };
}

function Body({ request }: { request: LeadRequest }) {
  return (
    <>
      <SummaryList
        rows={[
          { label: "Asks to lead", value: `${request.asked_by}, ${request.agency}` },
          { label: "Leads now", value: request.lead_agency },
          { label: "Why", value: [request.why_label, request.reason] },
          { label: "Asked", value: dateTimeText(request.asked_at) },
          { label: "Answer due", value: dateTimeText(request.due_at) },
          {
            label: request.answered_at ? request.state_label : "",
            value: [
              request.answered_at ? [dateTimeText(request.answered_at), request.answered_by].join(", by ") : "",
              request.reason_label,
              request.answer,
            ].filter(Boolean),
          },
        ].filter(({ label }) => label)}
      />
      {request.propose_url && (
        <p>
          <a class="govuk-button" href={request.propose_url}>
            Propose the transfer to {request.agency}
          </a>
        </p>
      )}
      <Options options={request.options} />
    </>
  );
}
