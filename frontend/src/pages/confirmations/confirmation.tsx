/** One decision to be confirmed: who asks, what they gave as reasons, and the two answers to it. */
import type { Confirmation } from "../../api/types";
import { appPath, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";

export default function ConfirmationRoute({ params }: { params: { id: string } }) {
  return <ConfirmationPage key={params.id} id={params.id} />;
}

function ConfirmationPage({ id }: { id: string }) {
  const resource = useResource<Confirmation>(`confirmations/${id}/`);
  const confirmation = resource.data.value;
  return (
    <Page
      title={confirmation ? `${confirmation.label}, ${confirmation.subject_reference}` : "Confirmation"}
      back={{ href: "/confirmations", label: "All confirmations" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={confirmation !== null}
    >
      {confirmation && <Body confirmation={confirmation} />}
    </Page>
  );
}

function Body({ confirmation }: { confirmation: Confirmation }) {
  return (
    <>
      <p>
        {confirmation.asked_by} has asked for a second person.
        {confirmation.options.length > 0 && " Read what they gave, and the record, before you answer."}
      </p>
      <SummaryList
        rows={[
          { label: "Asked by", value: confirmation.asked_by },
          { label: "Asked", value: dateTimeText(confirmation.asked_at) },
          { label: "Answer due", value: dateTimeText(confirmation.due_at) },
          { label: "Why a second person", value: confirmation.why },
          { label: "State", value: confirmation.state_label },
          { label: "Why not", value: confirmation.reason },
        ]}
      />
      {confirmation.given_summary.length > 0 && <h2 class="govuk-heading-m">What they gave</h2>}
      <SummaryList rows={confirmation.given_summary} />
      <p>
        <a href={appPath(confirmation.subject_url)}>Read {confirmation.subject_reference}</a>
      </p>
      <Options options={confirmation.options} title="Your answer" />
    </>
  );
}
