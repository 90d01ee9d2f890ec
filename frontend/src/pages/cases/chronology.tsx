/** The chronology of a case: what happened by itself, what was written down, and what somebody has weighed. */
import { useLocation } from "preact-iso/router";
import type { CaseIdentity, ChronologyEntry } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { Sections } from "./sections";
import { Ways } from "./ways";

const KINDS = [
  { kind: "all", label: "Everything" },
  { kind: "significant", label: "Significant events" },
  { kind: "notes", label: "Visits, calls and talks" },
  { kind: "automatic", label: "What was done" },
];

export default function ChronologyRoute({ params }: { params: { id: string } }) {
  const { query } = useLocation();
  const kind = KINDS.find((one) => one.kind === query.kind)?.kind ?? "all";
  return <ChronologyPage key={params.id + kind} id={params.id} kind={kind} />;
}

function ChronologyPage({ id, kind }: { id: string; kind: string }) {
  const resource = useResource<CaseIdentity>(`cases/${id}/identity/`);
  const list = useRows<ChronologyEntry>(`cases/${id}/timeline/?kind=${kind}`);
  const record = resource.data.value;
  const back = `/cases/${id}/chronology`;
  return (
    <Page
      title="Chronology"
      caption={record ? `Case ${record.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
      aside={
        <button type="button" class="govuk-button govuk-button--secondary" onClick={() => print()}>
          Print what is shown
        </button>
      }
    >
      <Sections id={id} current="/chronology" />
      <Ways
        label="What you can record here"
        options={record?.options.filter(({ name }) => name === "record_significant_event") ?? []}
        back={back}
        at="identity"
      />
      <Filter id={id} chosen={kind} />
      <Listing list={list} empty={<p>Nothing of this kind has been written down yet.</p>}>
        {(rows) => (
          <div class="moj-timeline">
            {rows.map((row) => (
              <Entry key={row.id} row={row} />
            ))}
          </div>
        )}
      </Listing>
    </Page>
  );
}

function Filter({ id, chosen }: { id: string; chosen: string }) {
  return (
    <nav class="app-views" aria-label="Which entries to show">
      {KINDS.map(({ kind, label }) => (
        <a key={kind} href={`/cases/${id}/chronology?kind=${kind}`} aria-current={kind === chosen ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

function Entry({ row }: { row: ChronologyEntry }) {
  const weighed = row.kind === "significant";
  return (
    <div class={`moj-timeline__item${weighed ? " app-weighed" : ""}`}>
      <div class="moj-timeline__header">
        <h2 class="moj-timeline__title">{row.label}</h2>
        <p class="moj-timeline__byline"> by {[row.by, row.agency].filter(Boolean).join(", ")}</p>
      </div>
      <p class="moj-timeline__date">
        <time dateTime={row.at}>{weighed ? dateText(row.at) : dateTimeText(row.at)}</time>
        {row.written_at && `, written down ${dateText(row.written_at)}`}
        {row.mark_label && <strong class="govuk-tag govuk-tag--red app-note__pin">{row.mark_label}</strong>}
      </p>
      {row.text && (
        <div class="moj-timeline__description">
          <p class="app-answer">{row.text}</p>
          {row.analysis && (
            <>
              <h3 class="govuk-heading-s">What it means for the child</h3>
              <p class="app-answer">{row.analysis}</p>
            </>
          )}
        </div>
      )}
    </div>
  );
}
