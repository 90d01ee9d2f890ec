/** One transfer: what is handed over, and the answers to it. */
import type { Transfer } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SafetyBanner } from "../../ui/safety";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { ChildDetails } from "../referrals/content";

export default function TransferRoute({ params }: { params: { id: string } }) {
  return <TransferPage key={params.id} id={params.id} />;
}

function TransferPage({ id }: { id: string }) {
  const resource = useResource<Transfer>(`transfers/${id}/`);
  const transfer = resource.data.value;
  return (
    <Page
      title={transfer ? `Transfer of case ${transfer.case_reference}` : "Transfer"}
      back={{ href: "/transfers", label: "All transfers" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={transfer !== null}
      aside={transfer && <StateTag label={transfer.state_label} />}
    >
      {transfer && <Body transfer={transfer} />}
    </Page>
  );
}

function Body({ transfer }: { transfer: Transfer }) {
  return (
    <>
      <SafetyBanner alerts={transfer.safety} />
      {transfer.note && <p class="govuk-inset-text">{transfer.note}</p>}
      <SummaryList
        rows={[
          { label: "From", value: transfer.from_agency },
          { label: "To", value: transfer.to_agency },
          { label: "Why", value: transfer.why_label },
          { label: "Proposed", value: `${dateTimeText(transfer.proposed_at)}, by ${transfer.proposed_by}` },
          { label: "Answer due", value: dateTimeText(transfer.due_at) },
          { label: "Answered", value: dateTimeText(transfer.answered_at) },
          { label: "By", value: transfer.answered_by },
          { label: "Reason", value: [transfer.reason_label, transfer.reason].filter(Boolean) },
        ]}
      />
      {transfer.handover.length > 0 && <h2 class="govuk-heading-m">What is handed over</h2>}
      <SummaryList rows={transfer.handover} />
      {transfer.about.length > 0 && <h2 class="govuk-heading-m">How the case stands</h2>}
      <SummaryList rows={transfer.about} />
      {transfer.child && <ChildDetails child={transfer.child} />}
      <Options options={transfer.options} />
      {transfer.case_id && (
        <p>
          <a href={`/cases/${transfer.case_id}`}>Open case {transfer.case_reference}</a>
        </p>
      )}
    </>
  );
}
