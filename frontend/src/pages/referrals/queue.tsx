/** The queue of the agency: what is due first, with filters that live in the address. */
import { useLocation } from "preact-iso/router";
import type { QueueCounts, ReferralRow } from "../../api/types";
import { QUEUE, QUEUE_COUNTS } from "../../lib/first_reads";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { session } from "../../session";
import { NOTHING_YET, Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { ExportLink } from "../exports/link";
import { QueueFilter } from "./queue_filter";
import { QueueRows } from "./queue_rows";

/** Only what the API knows is passed on, so that a stray parameter does not make the list fail. */
function filtersOf(url: string): URLSearchParams {
  const given = new URL(url, location.origin).searchParams;
  const kept = new URLSearchParams();
  for (const name of ["state", "due", "assigned", "urgent", "sort"]) {
    for (const value of given.getAll(name)) kept.append(name, value);
  }
  return kept;
}

/** The same filters by the names that an export knows them by; the order is the spreadsheet's own. */
function asExported(filters: URLSearchParams): URLSearchParams {
  const names: Record<string, string> = { state: "states", urgent: "is_urgent" };
  return new URLSearchParams(
    [...filters].flatMap(([name, value]) => (name === "sort" ? [] : [[names[name] ?? name, value]])),
  );
}

export default function Queue() {
  const { url, route } = useLocation();
  const filters = filtersOf(url);
  const query = filters.toString();
  const list = useRows<ReferralRow>(`${QUEUE}${query && `&${query}`}`);
  const apply = (next: URLSearchParams) => route(`/queue${next.size > 0 ? `?${next}` : ""}`, true);
  const empty = query ? (
    <p>
      Nothing matches these filters. <a href="/queue">Show the whole queue</a>
    </p>
  ) : (
    <p>Nothing is waiting. Referrals to your agency arrive here, those due first at the top.</p>
  );
  return (
    <Page title={labelOf("queue", "Queue")} caption={session.value?.membership?.agency.name}>
      <Counts />
      <div class="app-with-filter">
        <QueueFilter filters={filters} rows={list.rows ?? []} onApply={apply} />
        <div>
          <ExportLink list="referrals" filters={asExported(filters)} />
          <Listing list={list} empty={empty}>
            {(rows) => <QueueRows rows={rows} together={filters.has("sort")} />}
          </Listing>
        </div>
      </div>
    </Page>
  );
}

const COUNTED: [name: keyof QueueCounts, label: string, query: string][] = [
  ["new", "New", "state=submitted&sort=newest"],
  ["overdue", "Overdue", "due=overdue"],
  ["today", "Due today", "due=today"],
  ["later", "Later", "due=later"],
  ["mine", "With me", "assigned=mine"],
  ["nobodys", "With nobody yet", "assigned=nobodys"],
];

/** What waits, in numbers that open the list behind each; new arrivals are never only at the end of a long queue. */
function Counts() {
  const counts = useResource<QueueCounts>(QUEUE_COUNTS).data.value;
  return (
    <nav class="app-counts" aria-label="The queue in numbers">
      <ul>
        {COUNTED.map(([name, label, query]) => (
          <li key={name}>
            <a href={`/queue?${query}`}>
              <span class="app-counts__number">{counts?.[name] ?? NOTHING_YET}</span> {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
