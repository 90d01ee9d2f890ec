/** How long things take in this agency: what fell due, what became of it, and the records behind each number. */
import { useLocation } from "preact-iso/router";
import type { Flow, FlowRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { type Column, Table } from "../../ui/rows";
import { CutPage } from "./cut";
import { CountedAt, Frame, HowCounted, Periods } from "./frame";
import { FlowRecords } from "./records";
import { outcomeColumns, TimesNote } from "./times";

export default function FiguresRoute() {
  const { query } = useLocation();
  if (query.outcome) return <FlowRecords key={JSON.stringify(query)} asked={query} />;
  return query.kind ? <CutPage key={JSON.stringify(query)} asked={query} /> : <FlowPage period={query.period} />;
}

function FlowPage({ period }: { period?: string }) {
  const path = period ? `figures/flow/?period=${encodeURIComponent(period)}` : "figures/flow/";
  return (
    <Frame<Flow> place="figures" label="Time taken" path={path}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What was to be done by a date, and whether it was: everything of your agency that fell due from{" "}
            {dateText(found.first_day)} to {dateText(found.last_day)}. Open one to see it by team, by where the referral
            came from, or by need.
          </p>
          <Periods path="/figures" found={found} />
          <CountedAt found={found} />
          <Rows found={found} />
          <FlowCounted found={found} />
        </>
      )}
    </Frame>
  );
}

function Rows({ found }: { found: Flow }) {
  if (found.rows.length === 0) return <p>Nothing of your agency fell due in these days.</p>;
  const columns: Column<FlowRow>[] = [
    { label: "What was to be done", cell: (row) => <Kind period={found.period} row={row} /> },
    ...outcomeColumns<FlowRow>(({ kind, is_urgent }) => ({ period: found.period, kind, is_urgent: String(is_urgent) })),
  ];
  return (
    <div class="app-figures">
      <Table caption="By what was to be done" columns={columns} rows={found.rows} />
    </div>
  );
}

/** Each thing leads to how it differs between teams, sources and needs. */
function Kind({ period, row }: { period: string; row: FlowRow }) {
  const asked = new URLSearchParams({ period, kind: row.kind, is_urgent: String(row.is_urgent) });
  return <a href={`/figures?${asked}`}>{row.label}</a>;
}

function FlowCounted({ found }: { found: Flow }) {
  return (
    <HowCounted>
      <p>
        By the day on which something fell due, so that what was never done counts as well as what was done late. What
        was no longer needed by then, and what is on hold, does not count.
      </p>
      <TimesNote {...found} />
      <p>Records that you may not see, because of a conflict of interest or a seal, are not counted.</p>
    </HowCounted>
  );
}
