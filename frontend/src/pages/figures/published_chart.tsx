/** One table of published numbers as a picture: months as a line, whatever else was counted as bars. */
import type { PublishedTable } from "../../api/types";
import { Bars } from "../../ui/charts/bars";
import { Lines } from "../../ui/charts/lines";
import { monthText } from "./frame";

interface ChartProps {
  table: PublishedTable;
  /** A day of the first and of the last one. */
  months: [string, string];
}

export function PublishedChart({ table: { id, title, finding, rows }, months: [first, last] }: ChartProps) {
  if (rows.length === 0) return <p>{finding}</p>;
  if (id === "month") {
    const numbers = new Map(rows.map((row) => [row.id, row.number]));
    const months = monthsBetween(first, last);
    return (
      <Lines
        finding={finding}
        table={{ caption: title, head: ["Month", "About how many"] }}
        months={months.map(monthText)}
        series={[{ label: title, values: months.map((month) => numbers.get(month) ?? null) }]}
      />
    );
  }
  const head = ["What it was", "About how many", "Share"];
  const told = rows.map((row) => ({
    id: row.id,
    cells: [row.label, row.number, row.percent === null ? <span class="app-quiet">Too few</span> : `${row.percent}%`],
  }));
  const bars = rows.map(({ id: bar, label, number, percent }) => ({
    id: bar,
    label,
    value: number,
    text: percent === null ? `${number}` : `${number} (${percent}%)`,
  }));
  return <Bars finding={finding} table={{ caption: title, head, rows: told }} rows={bars} />;
}

/** From one to the other, as "2026-10". */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  const at = new Date(`${first.slice(0, 7)}-01T00:00:00Z`);
  while (at.toISOString().slice(0, 7) <= last.slice(0, 7)) {
    months.push(at.toISOString().slice(0, 7));
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
}
