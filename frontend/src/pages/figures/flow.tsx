/** How long things take in this agency: what fell due, what became of it, and the records behind each number. */
import { useLocation } from "preact-iso/router";
import type { Flow, FlowRow } from "../../api/types";
import { dateText, durationText } from "../../lib/format";
import { type Column, Table } from "../../ui/rows";
import { Frame, Periods } from "./frame";
import { FlowRecords } from "./records";

export type Outcome = "in_time" | "late" | "not_done";

/** Of fewer a share would say more than there is to say. */
const SHARE_FROM = 5;

export default function FiguresRoute() {
  const { query } = useLocation();
  return query.kind ? <FlowRecords key={JSON.stringify(query)} asked={query} /> : <FlowPage period={query.period} />;
}

function FlowPage({ period }: { period?: string }) {
  const path = period ? `figures/flow/?period=${encodeURIComponent(period)}` : "figures/flow/";
  return (
    <Frame<Flow> place="figures" label="Time taken" path={path}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What was to be done by a date, and whether it was: everything of your agency that fell due from{" "}
            {dateText(found.first_day)} to {dateText(found.last_day)}.
          </p>
          <Periods path="/figures" found={found} />
          <Rows found={found} />
          <HowCounted found={found} />
        </>
      )}
    </Frame>
  );
}

function Rows({ found }: { found: Flow }) {
  if (found.rows.length === 0) return <p>Nothing of your agency fell due in these days.</p>;
  const numbered = (label: string, outcome: Outcome): Column<FlowRow> => ({
    label,
    cell: (row) => <Figure period={found.period} row={row} outcome={outcome} />,
  });
  const columns: Column<FlowRow>[] = [
    { label: "What was to be done", cell: ({ label }) => label },
    { label: "Fell due", cell: ({ due }) => due },
    numbered("In time", "in_time"),
    numbered("Late", "late"),
    numbered("Not done", "not_done"),
    { label: "Half took at most", cell: ({ median_seconds }) => timeText(median_seconds) },
    { label: "9 in 10 took at most", cell: ({ ninetieth_seconds }) => timeText(ninetieth_seconds) },
  ];
  return (
    <div class="app-figures">
      <Table caption="By what was to be done" columns={columns} rows={found.rows} />
    </div>
  );
}

function timeText(seconds: number | null) {
  return seconds === null ? <span class="app-quiet">Too few</span> : durationText(seconds);
}

/** A number with what it opens; nothing is behind none. */
function Figure({ period, row, outcome }: { period: string; row: FlowRow; outcome: Outcome }) {
  const number = row[outcome];
  const share = outcome === "in_time" && row.due >= SHARE_FROM ? ` (${Math.floor((number * 100) / row.due)}%)` : "";
  if (number === 0) return <>0{share}</>;
  const asked = new URLSearchParams({ period, kind: row.kind, is_urgent: String(row.is_urgent), outcome });
  return (
    <>
      <a href={`/figures?${asked}`}>
        {number}
        <span class="govuk-visually-hidden"> of “{row.label}”</span>
      </a>
      {share}
    </>
  );
}

function HowCounted({ found }: { found: Flow }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How this is counted</span>
      </summary>
      <div class="govuk-details__text">
        <p>
          By the day on which something fell due, so that what was never done counts as well as what was done late. What
          was no longer needed by then, and what is on hold, does not count.
        </p>
        <p>
          The time taken runs by day and night from when it could begin until it was done, without the time it was on
          hold. A time is shown only where at least {found.median_from} were done, and for 9 in 10 at least{" "}
          {found.ninetieth_from}: among fewer, one odd day would be the figure.
        </p>
        <p>Records that you may not see, because of a conflict of interest or a seal, are not counted.</p>
      </div>
    </details>
  );
}
