/** One disagreement: where it stands, whose turn it is, what both sides have said at each stage, what can be done. */
import type { Disagreement } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function DisagreementRoute({ params }: { params: { id: string } }) {
  return <DisagreementPage key={params.id} id={params.id} />;
}

function DisagreementPage({ id }: { id: string }) {
  const resource = useResource<Disagreement>(`disagreements/${id}/`);
  const record = resource.data.value;
  return (
    <Page
      title={record ? `Disagreement about ${record.reference}` : "Disagreement"}
      back={{ href: "/disagreements", label: "All disagreements" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={
        record && (
          <p class="app-tags">
            <StateTag label={record.state_label} />
            <StateTag label={record.stage_label} />
          </p>
        )
      }
    >
      {record && <Body record={record} />}
    </Page>
  );
}

function Body({ record }: { record: Disagreement }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Actions">
        <Options options={record.options} />
        <p>
          <a href={record.about_url}>Open {record.reference}</a>
        </p>
      </aside>
      <div class="app-record__main">
        {record.child_is_unsafe && (
          <div class="govuk-warning-text">
            <span class="govuk-warning-text__icon" aria-hidden="true">
              !
            </span>
            <strong class="govuk-warning-text__text">
              <span class="govuk-visually-hidden">Warning</span>
              {record.raising_agency} says that the child is not safe now. Ring {record.raised_by} first.
            </strong>
          </div>
        )}
        <SummaryList
          rows={[
            { label: "Decision", value: `${record.decision_label}, by ${record.deciding_agency}` },
            { label: "Why they disagree", value: record.ground_label },
            { label: "Raised by", value: `${record.raised_by}, ${record.raising_agency}` },
            { label: "Is the child safe?", value: record.child_safe_label },
            { label: "With", value: record.owner_agency },
            { label: "Next", value: record.next_step },
            { label: "By", value: dateTimeText(record.due_at) },
          ]}
        />
        <section class="app-section" aria-labelledby="said">
          <h2 class="govuk-heading-m" id="said">
            What both sides have said
          </h2>
          <ol class="govuk-list">
            {record.turns.map((turn) => (
              <li class="app-card" key={turn.id}>
                <h3 class="govuk-heading-s">
                  {turn.stage_label}: {turn.label}
                </h3>
                {turn.text && <p class="app-lines">{turn.text}</p>}
                {turn.wanted && (
                  <p class="app-lines">
                    <strong>What should happen:</strong> {turn.wanted}
                  </p>
                )}
                <p class="app-quiet">
                  {[turn.by, turn.agency].filter(Boolean).join(", ")}, {dateTimeText(turn.at)}
                </p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}
