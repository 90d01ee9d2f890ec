/** One list to be deleted: who is on it, who proposed and agreed, until when it can be stopped, and its certificate. */
import type { Disposal } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { WaitingConfirmation } from "../confirmations/waiting";
import { childrenSaid } from "./orders";

export default function OrderRoute({ params }: { params: { id: string } }) {
  return <OrderPage key={params.id} id={params.id} />;
}

function OrderPage({ id }: { id: string }) {
  const resource = useResource<Disposal>(`disposals/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title={one ? `List to delete ${one.reference}` : "List to delete"}
      back={{ href: "/retention?view=orders", label: "Lists to delete" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && <Body one={one} />}
    </Page>
  );
}

function Body({ one }: { one: Disposal }) {
  return (
    <>
      {one.confirmation && <WaitingConfirmation confirmation={one.confirmation} />}
      {one.state === "confirmed" && one.due_at && (
        <div class="govuk-inset-text">
          It can be withdrawn until {dateTimeText(one.due_at)}. After that it is carried out within an hour.
        </div>
      )}
      <SummaryList
        rows={[
          { label: "Children", value: childrenSaid(one.children) },
          { label: "Proposed by", value: `${one.proposed_by}, ${one.agency}, ${dateTimeText(one.proposed_at)}` },
          { label: "Agreed by", value: one.approved_by && `${one.approved_by}, information governance` },
          {
            label: "Second person",
            value: one.confirmed_at && `${one.confirmed_by}, ${dateTimeText(one.confirmed_at)}`,
          },
          { label: "Schedule", value: `Version ${one.schedule}` },
          { label: "Why it was stopped", value: one.end_reason },
          { label: "Ended", value: one.ended_at && dateTimeText(one.ended_at) },
          {
            label: "Certificate",
            value: one.certificate_id && (
              <a href={`/api/v1/certificates/${one.certificate_id}/pdf/`} download>
                Download the certificate (PDF)
              </a>
            ),
          },
        ]}
      />
      <Lines one={one} />
      <Options options={one.options} />
    </>
  );
}

function Lines({ one }: { one: Disposal }) {
  return (
    <section class="app-section" aria-labelledby="lines">
      <h2 class="govuk-heading-m" id="lines">
        What is on it
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {one.lines.map((line) => (
          <li key={line.id}>
            {line.references.length > 0 ? line.references.join(", ") : "A child"}, due since {dateText(line.due_on)}:{" "}
            {lowerFirst(line.state_label)}
            {line.obstacles.length > 0 && ` (${line.obstacles.map(({ label }) => lowerFirst(label)).join("; ")})`}
          </li>
        ))}
      </ul>
    </section>
  );
}
