/** Which of two open cases goes on: what was asked, what each lead has said, what can be said now. It names no child. */
import type { CaseChoice } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function CaseChoiceRoute({ params }: { params: { id: string } }) {
  return <CaseChoicePage key={params.id} id={params.id} />;
}

function CaseChoicePage({ id }: { id: string }) {
  const resource = useResource<CaseChoice>(`case-choices/${id}/`);
  const record = resource.data.value;
  return (
    <Page
      title="Which case goes on?"
      back={{ href: "/messages", label: "Messages" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={record && <StateTag label={record.state_label} />}
    >
      {record && <Body record={record} />}
    </Page>
  );
}

function Body({ record }: { record: CaseChoice }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Actions">
        <Options options={record.options} />
      </aside>
      <div class="app-record__main">
        <p class="govuk-body-l">
          {record.asked_agency} believes that two cases are about one child, who can have one. Ring the other lead, and
          say which goes on. The other one ends, and everything in it is kept for the lead that goes on.
        </p>
        <SummaryList
          rows={[
            {
              label: "Asked by",
              value: `${record.asked_by}, ${record.asked_agency}, ${dateTimeText(record.asked_at)}`,
            },
            { label: "Answer by", value: record.due_at && dateTimeText(record.due_at) },
            { label: "Agreed", value: record.goes_on && `Case ${record.goes_on} goes on` },
          ]}
        />
        {record.cases.map((one) => (
          <section class="app-section" aria-labelledby={`case-${one.id}`} key={one.id}>
            <h2 class="govuk-heading-m" id={`case-${one.id}`}>
              {one.url ? <a href={one.url}>Case {one.reference}</a> : `Case ${one.reference}`}
            </h2>
            <p>Led by {one.lead_agency}.</p>
            <p class={one.says ? "" : "app-quiet"}>
              {one.says ? `${one.said_by} said that ${one.says} goes on.` : "They have not said yet which goes on."}
            </p>
          </section>
        ))}
      </div>
    </div>
  );
}
