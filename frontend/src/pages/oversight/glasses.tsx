/** What was opened in emergencies: one's own, and for who answers for it those of others. */
import type { BreakGlass, BreakGlassForm } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

const EMPTY: Record<string, string> = {
  mine: "You have opened nothing in an emergency.",
  to_look: "Nothing waits for you.",
  to_decide: "Nothing waits for a decision.",
  all: "Nobody has opened anything in an emergency.",
};

export function Glasses({ chosen }: { chosen?: string }) {
  const form = useResource<BreakGlassForm>("break-glass/form/");
  const views = form.data.value?.views ?? [];
  const waiting = views.find(({ value }) => value === "to_look" || value === "to_decide");
  const view = chosen ?? waiting?.value ?? "mine";
  return (
    <Page
      title={labelOf("break-glass", "Emergency reading")}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
      aside={
        views.some(({ value }) => value === "mine") && (
          <a class="govuk-button govuk-button--secondary" href="/break-glass/open">
            Read a child’s records in an emergency
          </a>
        )
      }
    >
      <p>
        Where a child may be in danger and the records are not yours, you can read them for four hours. Your manager and
        information governance are told at once and look at it within a working day.
      </p>
      {waiting && (
        <p>
          What people read without an emergency, and do not usually read, stands under{" "}
          <a href="/unusual">Unusual reading</a>.
        </p>
      )}
      {views.length > 1 && (
        <nav class="app-views" aria-label="Which of them">
          {views.map((one) => (
            <a
              key={one.value}
              href={`/break-glass?view=${one.value}`}
              aria-current={one.value === view ? "page" : undefined}
            >
              {one.label}
            </a>
          ))}
        </nav>
      )}
      {form.data.value && <List key={view} view={view} />}
    </Page>
  );
}

function List({ view }: { view: string }) {
  const list = useRows<BreakGlass>(`break-glass/?view=${encodeURIComponent(view)}`);
  return (
    <Listing list={list} empty={<p>{EMPTY[view] ?? "There is none."}</p>}>
      {(rows) => <Cards rows={rows}>{(row) => <EmergencyCard row={row} />}</Cards>}
    </Listing>
  );
}

/** One of a list of emergency readings. */
export function EmergencyCard({ row }: { row: BreakGlass }) {
  const records = row.records.join(", ");
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/break-glass/${row.id}`}>
          {row.is_own ? records : `${row.person}: ${records}`}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p>{row.reason_label}</p>
      <p class="app-quiet">
        Opened {dateTimeText(row.opened_at)}
        {!row.is_own && `, ${row.agency}`}
        {!row.outcome_label && !row.is_own && `. To be decided by ${dateTimeText(row.review_due_at)}`}
      </p>
    </>
  );
}
