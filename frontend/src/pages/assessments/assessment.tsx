/** One assessment: the form while it is written, with what is new since the last; what it says once it is complete. */
import type { Assessment } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { Said } from "./said";
import { Writing } from "./writing";

export default function AssessmentRoute({ params }: { params: { id: string } }) {
  return <AssessmentPage key={params.id} id={params.id} />;
}

function AssessmentPage({ id }: { id: string }) {
  const resource = useResource<Assessment>(`assessments/${id}/`);
  const record = resource.data.value;
  return (
    <Page
      title={record ? `Assessment ${record.number}` : "Assessment"}
      caption={record ? `Case ${record.reference}` : "Case"}
      back={{
        href: record ? `/cases/${record.case_id}/assessments` : "/cases",
        label: record ? "All assessments of this case" : "All cases",
      }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={record && <StateTag label={record.state_label} />}
    >
      {record && (record.form.length > 0 ? <Writing record={record} /> : <Reading record={record} />)}
    </Page>
  );
}

function Reading({ record }: { record: Assessment }) {
  return (
    <>
      <SummaryList
        rows={[
          { label: "Begun", value: `${dateText(record.started_at)}, by ${record.started_by}, ${record.agency}` },
          { label: "Ended", value: record.ended_at ? `${dateText(record.ended_at)}, by ${record.ended_by}` : "" },
          { label: "Reason", value: record.reason_label },
          { label: "What others should know", value: record.reason },
        ]}
      />
      {record.state === "open" && <p class="govuk-inset-text">{record.started_by} is writing it.</p>}
      <Said parts={record.said} former={record.based_on} />
      <Options options={record.options} back={`/cases/${record.case_id}/assessments`} />
    </>
  );
}
