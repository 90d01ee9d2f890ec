/** Bars from left to right, each beside its label and its number, with the bounds of a share where there are some. */
import { Figure, Linked, type Said } from "./frame";

export interface Bar {
  id: string;
  label: string;
  value: number;
  /** The value as it is shown. */
  text: string;
  href?: string;
  /** The bounds of an interval, both or none. */
  low?: number;
  high?: number;
}

interface BarsProps extends Said {
  rows: Bar[];
  /** What a bar over the whole width would be; the largest that is drawn if not said. */
  most?: number;
}

const WIDTH = 100;
const HEIGHT = 20;
/** How far the ends of an interval reach up and down from the middle. */
const REACH = 4;

export function mostOf(rows: Bar[]): number {
  return Math.max(0, ...rows.map(({ value, high }) => Math.max(value, high ?? 0))) || 1;
}

export function Bars({ finding, table, rows, most = mostOf(rows) }: BarsProps) {
  const told = rows.map(({ id, label, text, href }) => ({
    id,
    cells: [<Linked href={href}>{label}</Linked>, text],
  }));
  return (
    <Figure finding={finding} table={table} rows={told}>
      <ul class="app-bars">
        {rows.map((row) => (
          <li class="app-bars__row" key={row.id}>
            <span class="app-bars__label">
              <Linked href={row.href}>{row.label}</Linked>
            </span>
            <Picture row={row} most={most} />
            <span class="app-bars__text">{row.text}</span>
          </li>
        ))}
      </ul>
    </Figure>
  );
}

function Picture({ row: { value, low, high }, most }: { row: Bar; most: number }) {
  const at = (number: number) => ((WIDTH * number) / most).toFixed(2);
  const middle = HEIGHT / 2;
  const end = (x: string) => `M${x} ${middle - REACH}V${middle + REACH}`;
  return (
    <svg class="app-bars__picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="app-bars__bar" width={at(value)} height={HEIGHT} />
      {low !== undefined && high !== undefined && (
        <path
          class="app-bars__interval"
          d={`M${at(low)} ${middle}H${at(high)}${end(at(low))}${end(at(high))}`}
          vector-effect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
