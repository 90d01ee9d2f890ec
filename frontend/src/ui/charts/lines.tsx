/** Numbers from month to month: up to four lines, told apart by their dashes and marks and not by colour. */
import { Figure, type Said } from "./frame";

export interface Line {
  label: string;
  /** One a month; none where nothing may be shown, which the line leaves open. */
  values: (number | null)[];
}

interface LinesProps extends Said {
  /** Their labels. */
  months: string[];
  series: Line[];
}

interface Dot {
  x: number;
  y: number;
}

const WIDTH = 360;
const HEIGHT = 190;
const EDGE = 10;
/** Room for the numbers of the scale on the left, and for the months underneath. */
const LEFT = 36;
const FLOOR = HEIGHT - 28;
/** As many months as can be read beside each other on a phone. */
const MONTHS_NAMED = 3;
const STEPS = [1, 2, 5, 10];
const MARKS = ["M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-4-4H4V4H-4z", "M0-5L5 4H-5z", "M0-6L5 0L0 6L-5 0z"];

/** The top of the scale: the least round number that nothing is above. */
export function topOf(series: Line[]): number {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (STEPS.find((step) => step * power >= most) ?? 10);
}

/** Where each number stands, in runs of months that follow each other. */
export function runsOf(values: (number | null)[], top: number): Dot[][] {
  const runs: Dot[][] = [[]];
  for (const [index, value] of values.entries()) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ x: across(index, values.length), y: FLOOR - ((FLOOR - EDGE) * value) / top });
  }
  return runs.filter((run) => run.length > 0);
}

function across(index: number, months: number) {
  return LEFT + (WIDTH - LEFT - EDGE) * (months > 1 ? index / (months - 1) : 0.5);
}

export function Lines({ finding, table, months, series }: LinesProps) {
  const rows = months.map((month, index) => ({
    id: month,
    cells: [month, ...series.map(({ values }) => values[index] ?? "Too few to show")],
  }));
  return (
    <Figure finding={finding} table={table} rows={rows}>
      <svg class="app-lines-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        <Scale top={topOf(series)} months={months} />
        {series.map(({ label, values }, index) => (
          <Way key={label} runs={runsOf(values, topOf(series))} number={index} />
        ))}
      </svg>
      {series.length > 1 && <Key series={series} />}
    </Figure>
  );
}

function Scale({ top, months }: { top: number; months: string[] }) {
  const named = Math.min(MONTHS_NAMED, months.length);
  const places = Array.from({ length: named }, (_, place) =>
    named > 1 ? Math.round((place * (months.length - 1)) / (named - 1)) : 0,
  );
  const heights = [0, top / 2, top].filter(Number.isInteger);
  return (
    <>
      {heights.map((number) => {
        const y = FLOOR - ((FLOOR - EDGE) * number) / top;
        return (
          <g key={number}>
            <line class="app-lines-chart__floor" x1={LEFT} y1={y} x2={WIDTH - EDGE} y2={y} />
            <text x={LEFT - 6} y={y + 4} text-anchor="end">
              {number}
            </text>
          </g>
        );
      })}
      {places.map((place, order) => (
        <text key={place} x={across(place, months.length)} y={HEIGHT - 8} text-anchor={anchorOf(order, named)}>
          {months[place]}
        </text>
      ))}
    </>
  );
}

function anchorOf(order: number, named: number) {
  if (named === 1) return "middle";
  return order === 0 ? "start" : order === named - 1 ? "end" : "middle";
}

function Way({ runs, number }: { runs: Dot[][]; number: number }) {
  return (
    <g class={`app-lines-chart__series app-lines-chart__series--${number + 1}`}>
      {runs.map((run) => (
        <polyline key={run[0]?.x} points={run.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
      ))}
      {runs.flat().map(({ x, y }) => (
        <path key={x} d={MARKS[number]} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} />
      ))}
    </g>
  );
}

function Key({ series }: { series: Line[] }) {
  return (
    <ul class="app-lines-key">
      {series.map(({ label }, index) => (
        <li key={label}>
          <svg class="app-lines-chart" viewBox="0 0 52 16" aria-hidden="true" focusable="false">
            <Way
              runs={[
                [
                  { x: 6, y: 8 },
                  { x: 26, y: 8 },
                  { x: 46, y: 8 },
                ],
              ]}
              number={index}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
