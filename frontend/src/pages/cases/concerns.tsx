/** Peers and places of concern of one case: read only by those whom the server lets. */
import type { CaseConcerns, Concern } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function ConcernsRoute({ params }: { params: { id: string } }) {
  return <ConcernsPage key={params.id} id={params.id} />;
}

function ConcernsPage({ id }: { id: string }) {
  const resource = useResource<CaseConcerns>(`cases/${id}/concerns/`);
  const found = resource.data.value;
  return (
    <Page
      title="Peers and places of concern"
      caption={found ? `Case ${found.reference}` : "Case"}
      back={{ href: `/cases/${id}/people`, label: "People" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      <Sections id={id} current="/people" />
      {found && <Body id={id} found={found} />}
    </Page>
  );
}

function Body({ id, found }: { id: string; found: CaseConcerns }) {
  return (
    <>
      <div class="govuk-inset-text">
        Only the workers named on this case and the lead agency’s managers read this page. It is never on a page for the
        family, in a letter or with a provider. Each reading is written down.
      </div>
      <Ways
        label="What you can do about peers and places"
        options={found.options}
        back={`/cases/${id}/concerns`}
        at="concerns"
      />
      {found.concerns.length === 0 && (
        <p class="app-empty">
          Nothing is written down. A peer or a place that may bring the child to harm outside the home stands here.
        </p>
      )}
      {found.concerns.map((one) => (
        <Card key={one.id} concern={one} />
      ))}
    </>
  );
}

function Card({ concern }: { concern: CaseConcerns["concerns"][number] }) {
  return (
    <article class="app-card">
      <h2 class="govuk-heading-m">
        {concern.kind_label}: <a href={`/concerns/${concern.id}`}>{concern.name}</a>
      </h2>
      {concern.is_overdue && <strong class="govuk-tag govuk-tag--red app-tag">Review overdue</strong>}
      {concern.ended_at && <strong class="govuk-tag govuk-tag--grey app-tag">No longer so</strong>}
      <Facts concern={concern} />
    </article>
  );
}

export function Facts({ concern }: { concern: CaseConcerns["concerns"][number] | Concern }) {
  return (
    <SummaryList
      rows={[
        { label: "Concern", value: concern.what },
        { label: "What is known", value: concern.text },
        { label: "Since", value: concern.since ? dateText(concern.since) : "Not known" },
        { label: "How it is known", value: [concern.source_label, concern.told_by].filter(Boolean).join(": ") },
        {
          label: "This child’s own case",
          value: concern.peer_case_id ? <a href={`/cases/${concern.peer_case_id}`}>Open it</a> : "",
        },
        { label: "Looked at again by", value: concern.ended_at ? "" : dateText(concern.review_on) },
        { label: "No longer so since", value: concern.ended_at ? dateText(concern.ended_at) : "" },
        { label: "What the last look was based on", value: concern.reason },
        { label: "Written by", value: `${concern.by}, ${dateText(concern.written_at)}` },
      ]}
    />
  );
}
