/** One question: what is asked and why, by when, and the ways to answer it. */
import type { InformationRequest } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function Request({ params }: { params: { id: string } }) {
  return <RequestPage key={params.id} id={params.id} />;
}

function RequestPage({ id }: { id: string }) {
  const resource = useResource<InformationRequest>(`information-requests/${id}/`);
  const request = resource.data.value;
  return (
    <Page
      title={request?.referral_reference ? `Question about ${request.referral_reference}` : "Question"}
      back={{ href: "/information-requests", label: "All questions" }}
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

function Body({ request }: { request: InformationRequest }) {
  return (
    <>
      <p class="govuk-body-l">{request.question}</p>
      <SummaryList
        rows={[
          { label: "Asked of", value: request.agency },
          { label: "Why it is asked", value: request.purpose },
          { label: "Asked", value: dateTimeText(request.asked_at) },
          { label: "Answer due", value: dateTimeText(request.due_at) },
          { label: "Answer", value: request.answer ? request.answer.split("\n") : "" },
          { label: "Answered", value: dateTimeText(request.answered_at) },
        ]}
      />
      <Options options={request.options} title="How you can answer" />
      {request.referral_id && (
        <p>
          <a href={`/referrals/${request.referral_id}`}>Open the referral</a>
        </p>
      )}
    </>
  );
}
