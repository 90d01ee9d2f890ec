/** What the partnership decides for itself: of each kind what counts now, the draft, and every version there was. */
import type { ConfigurationKind, VersionRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing, Table } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export default function ConfigurationsPage() {
  const resource = useResource<ConfigurationKind[]>("configurations/kinds/");
  const kinds = resource.data.value;
  return (
    <Page
      title={labelOf("configurations", "Rules and texts")}
      error={resource.error.value}
      retry={resource.load}
      ready={kinds !== null}
    >
      <p class="govuk-body-l">
        What your partnership works by. A change is a new version: one person writes it, another agrees, and it counts
        from its day on. What was made before keeps the version it was made with.
      </p>
      {kinds?.map((kind) => (
        <Kind key={kind.code} kind={kind} />
      ))}
    </Page>
  );
}

function Kind({ kind }: { kind: ConfigurationKind }) {
  const list = useRows<VersionRow>(`configurations/?kind=${kind.code}`);
  return (
    <section class="app-section" aria-labelledby={kind.code}>
      <h2 class="govuk-heading-m" id={kind.code}>
        {kind.label}
      </h2>
      <p>{kind.intro}</p>
      <p>
        {kind.in_force && (
          <>
            <a href={`/configurations/${kind.in_force.id}`}>
              Read what is in force: version {kind.in_force.number}
            </a>{" "}
          </>
        )}
        {kind.draft && (
          <>
            or{" "}
            <a href={`/configurations/${kind.draft.id}`}>
              go on with the draft of version {kind.draft.number}, by {kind.draft.started_by}
            </a>
          </>
        )}
      </p>
      <Listing list={list} empty={<p>There is no version yet.</p>}>
        {(rows) => (
          <Table
            caption={`Versions of “${kind.label}”`}
            small
            columns={[
              { label: "Version", cell: (row) => <a href={`/configurations/${row.id}`}>Version {row.number}</a> },
              { label: "State", cell: (row) => <StateTag label={row.state_label} /> },
              { label: "Counts from", cell: (row) => (row.effective_on ? dateText(row.effective_on) : "–") },
              { label: "By", cell: people },
              { label: "What and why", cell: (row) => row.note || "–" },
            ]}
            rows={rows}
          />
        )}
      </Listing>
    </section>
  );
}

/** Who made a version, and the two people by whom it counts. */
export function people(row: VersionRow): string {
  if (!row.published_by) return row.started_by;
  return row.proposed_by ? `${row.proposed_by}, agreed by ${row.published_by}` : row.published_by;
}
