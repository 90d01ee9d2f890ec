/** What became of clocks, in columns: how many were in time, late or not done, each with its list, and how long it took. */
import { durationText } from "../../lib/format";
import type { Column } from "../../ui/rows";

export type Outcome = "in_time" | "late" | "not_done";

interface Counted extends Record<Outcome, number> {
  id: string;
  label: string;
  due: number;
  median_seconds: number | null;
  ninetieth_seconds: number | null;
}

/** Of fewer a share would say more than there is to say. */
const SHARE_FROM = 5;

/** `asked` says of a row what its list is asked by, beside what became of it; without it no number opens a list. */
export function outcomeColumns<Row extends Counted>(asked?: (row: Row) => Record<string, string>): Column<Row>[] {
  const numbered = (label: string, outcome: Outcome): Column<Row> => ({
    label,
    cell: (row) => <Figure row={row} outcome={outcome} asked={asked && { ...asked(row), outcome }} />,
  });
  return [
    { label: "Fell due", cell: ({ due }) => due },
    numbered("In time", "in_time"),
    numbered("Late", "late"),
    numbered("Not done", "not_done"),
    { label: "Half took at most", cell: ({ median_seconds }) => timeText(median_seconds) },
    { label: "9 in 10 took at most", cell: ({ ninetieth_seconds }) => timeText(ninetieth_seconds) },
  ];
}

export function timeText(seconds: number | null) {
  return seconds === null ? <span class="app-quiet">Too few</span> : durationText(seconds);
}

/** A number with what it opens; nothing is behind none. */
function Figure({ row, outcome, asked }: { row: Counted; outcome: Outcome; asked?: Record<string, string> }) {
  const number = row[outcome];
  const share = outcome === "in_time" && row.due >= SHARE_FROM ? ` (${Math.floor((number * 100) / row.due)}%)` : "";
  if (number === 0 || !asked) return <>{`${number}${share}`}</>;
  return (
    <>
      <a href={`/figures?${new URLSearchParams(asked)}`}>
        {number}
        <span class="govuk-visually-hidden"> of “{row.label}”</span>
      </a>
      {share}
    </>
  );
}

export function TimesNote({ median_from, ninetieth_from }: { median_from: number; ninetieth_from: number }) {
  return (
    <p>
      The time taken runs by day and night from when it could begin until it was done, without the time it was on hold,
      in whole minutes, hours or days. A time is shown only where at least {median_from} were done, and for 9 in 10 at
      least {ninetieth_from}: among fewer, one odd day would be the figure.
    </p>
  );
}
