/** Who asks for a copy of whose record: what is due first, and what was answered. */
import type { NewSubjectRequest, SubjectRequestRow } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

const VIEWS = [
  { view: "waiting", label: "Not answered yet", empty: "Nobody waits for a copy of a record." },
  { view: "ended", label: "Answered", empty: "No request has been answered yet." },
] as const;

export function Requests({ chosen }: { chosen?: string }) {
  const view = VIEWS.find((one) => one.view === chosen) ?? VIEWS[0];
  return (
    <Page title={labelOf("subject-requests", "Requests for a copy")}>
      <p>
        A child, a parent or somebody for them can ask for a copy of what is recorded about the child. Two people open a
        request before anybody reads the record, and two people look at what goes out.
      </p>
      <Add />
      <nav class="app-views" aria-label="Which list">
        {VIEWS.map((one) => (
          <a
            key={one.view}
            href={`/subject-requests?view=${one.view}`}
            aria-current={one.view === view.view ? "page" : undefined}
          >
            {one.label}
          </a>
        ))}
      </nav>
      <List key={view.view} {...view} />
    </Page>
  );
}

function Add() {
  const way = useResource<NewSubjectRequest>("subject-requests/new/").data.value?.options[0];
  return way ? (
    <p>
      <a class="govuk-button" href={`/subject-requests/new/do/${way.name}?back=/subject-requests`}>
        {way.label}
      </a>
    </p>
  ) : null;
}

function List({ view, label, empty }: (typeof VIEWS)[number]) {
  const list = useRows<SubjectRequestRow>(`subject-requests/?view=${view}`);
  return (
    <section class="app-section" aria-labelledby="requests">
      <h2 class="govuk-heading-m" id="requests">
        {label}
      </h2>
      <Listing list={list} empty={<p>{empty}</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <RequestCard row={row} />}</Cards>}
      </Listing>
    </section>
  );
}

/** One of a list of requests for a copy. */
export function RequestCard({ row }: { row: SubjectRequestRow }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/subject-requests/${row.id}`}>
          {row.reference}: {row.child}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p>
        {row.asker_name}. {row.asker}.
      </p>
      <p class="app-quiet">
        {row.is_late && <strong>Late. </strong>}
        {row.ended_at ? `Ended ${dateTimeText(row.ended_at)}` : `To be answered by ${dateTimeText(row.due_at)}`},
        received {dateText(row.received_on)}. Next: {row.next_step}.
      </p>
    </>
  );
}
