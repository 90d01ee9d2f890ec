/** What happened to a record, newest first. */
import type { TimelineEntry } from "../api/types";
import { dateTimeText } from "../lib/format";
import { useRows } from "../lib/resource";
import { Listing } from "./rows";
import { SummaryList } from "./summary";

/** The path of the record's timeline in the API. */
export function Timeline({ path }: { path: string }) {
  const list = useRows<TimelineEntry>(path);
  return (
    <Listing list={list} empty={<p>Nothing has happened yet.</p>}>
      {(entries) => (
        <div class="moj-timeline">
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </div>
      )}
    </Listing>
  );
}

const MINUTE = 60_000;

function Entry({ entry }: { entry: TimelineEntry }) {
  const by = [entry.by, entry.agency].filter(Boolean).join(", ");
  const late = Date.parse(entry.recorded_at) - Date.parse(entry.at) > MINUTE;
  return (
    <div class="moj-timeline__item">
      <div class="moj-timeline__header">
        <h3 class="moj-timeline__title">{entry.label}</h3>
        {by && <p class="moj-timeline__byline"> by {by}</p>}
      </div>
      <p class="moj-timeline__date">
        <time dateTime={entry.at}>{dateTimeText(entry.at)}</time>
        {late && `, written down ${dateTimeText(entry.recorded_at)}`}
      </p>
      {(entry.reason || entry.detail.length > 0) && (
        <div class="moj-timeline__description">
          {entry.reason && <p>{entry.reason}</p>}
          <SummaryList rows={entry.detail} />
        </div>
      )}
    </div>
  );
}
