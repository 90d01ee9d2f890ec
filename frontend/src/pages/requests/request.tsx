/** One question: what is asked and why, by when, and the ways to answer it. */
import type { InformationRequest } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag, UrgentTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { ChildDetails } from "../referrals/content";

export default function Request({ params }: { params: { id: string } }) {
  return <RequestPage key={params.id} id={params.id} />;
}

function RequestPage({ id }: { id: string }) {
  const resource = useResource<InformationRequest>(`information-requests/${id}/`);
  const request = resource.data.value;
  return (
    <Page
      title={request ? `Question about ${request.reference}` : "Question"}
      back={{ href: "/information-requests", label: "All questions" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={request !== null}
      aside={
        request && (
          <p class="app-tags">
            <StateTag label={request.state_label} />
            <UrgentTag urgent={request.is_urgent} />
          </p>
        )
      }
    >
      {request && <Body request={request} />}
    </Page>
  );
}

function Body({ request }: { request: InformationRequest }) {
  return (
    <>
      <p class="govuk-body-l">{request.question}</p>
      <SummaryList
        rows={[
          { label: "Asked by", value: `${request.asked_by}, ${request.asking_agency}` },
          { label: "Asked of", value: request.agency },
          { label: "Why it is asked", value: request.purpose },
          { label: "Basis for sharing", value: request.basis_label },
          { label: "Asked", value: dateTimeText(request.asked_at) },
          { label: "Answer due", value: dateTimeText(request.due_at) },
          { label: "Answer", value: request.answer ? request.answer.split("\n") : "" },
          { label: "Reason", value: request.reason_label },
          { label: "Answered", value: dateTimeText(request.answered_at) },
          { label: "Answered by", value: request.answered_by },
        ]}
      />
      {request.child && <ChildDetails child={request.child} />}
      <Options options={request.options} title="How you can answer" />
      {request.referral_id && (
        <p>
          <a href={`/referrals/${request.referral_id}`}>Open the referral</a>
        </p>
      )}
    </>
  );
}
