/** Scores over time as a picture, with what it says as a caption and the numbers as a table. */
import type { Series } from "../api/types";
import { dateText } from "../lib/format";

const WIDTH = 320;
const HEIGHT = 120;
const EDGE = 8;
/** Room for the numbers of the scale. */
const LEFT = 24;

interface Dot {
  x: number;
  y: number;
  value: number;
}

/** Where each score stands: by its day from left to right, by its number from the bottom up. */
export function dotsOf(points: Series["points"], most: number): Dot[] {
  const given = points.flatMap(({ on, value }) => (value === null ? [] : [{ at: Date.parse(on), value }]));
  const first = given[0]?.at ?? 0;
  const span = (given.at(-1)?.at ?? 0) - first;
  return given.map(({ at, value }, index) => ({
    // Scores of one day stand side by side in their order.
    x:
      LEFT +
      (WIDTH - LEFT - EDGE) * (span > 0 ? (at - first) / span : given.length > 1 ? index / (given.length - 1) : 0),
    y: HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / most,
    value,
  }));
}

export function Travelled({ series, caption }: { series: Series; caption: string }) {
  const dots = dotsOf(series.points, series.most);
  return (
    <figure class="app-travelled govuk-body">
      <figcaption>{caption}</figcaption>
      {dots.length > 0 && <Picture dots={dots} most={series.most} />}
      {series.points.length > 0 && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              Show as a table<span class="govuk-visually-hidden">: {series.label}</span>
            </span>
          </summary>
          <Numbers series={series} />
        </details>
      )}
    </figure>
  );
}

function Picture({ dots, most }: { dots: Dot[]; most: number }) {
  const line = dots.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <line class="app-travelled__floor" x1={LEFT} y1={HEIGHT - EDGE} x2={WIDTH - EDGE} y2={HEIGHT - EDGE} />
      <line class="app-travelled__floor" x1={LEFT} y1={EDGE} x2={WIDTH - EDGE} y2={EDGE} />
      <text class="app-travelled__number" x="0" y={EDGE + 4}>
        {most}
      </text>
      <text class="app-travelled__number" x="0" y={HEIGHT - EDGE + 4}>
        0
      </text>
      <polyline class="app-travelled__way" points={line} />
      {dots.map(({ x, y }) => (
        <circle key={`${x},${y}`} class="app-travelled__dot" cx={x} cy={y} r="5" />
      ))}
    </svg>
  );
}

function Numbers({ series }: { series: Series }) {
  return (
    <table class="govuk-table">
      <caption class="govuk-visually-hidden">{series.label}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          <th class="govuk-table__header" scope="col">
            Day
          </th>
          <th class="govuk-table__header" scope="col">
            Score
          </th>
          <th class="govuk-table__header" scope="col">
            Said by
          </th>
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {series.points.map((point) => (
          <tr class="govuk-table__row" key={point.id}>
            <th class="govuk-table__header" scope="row">
              {dateText(point.on)}
              <span class="app-quiet"> {point.stage_label}</span>
            </th>
            <td class="govuk-table__cell">
              {point.value === null ? point.why_not_label : `${point.value} of ${series.most}`}
              {point.band && `, ${point.band.toLowerCase()}`}
              {point.parts.map((part) => (
                <span class="app-quiet app-block" key={part.label}>
                  {part.label}: {part.value}
                  {part.band && `, ${part.band.toLowerCase()}`}
                </span>
              ))}
            </td>
            <td class="govuk-table__cell">
              {point.given_by_label || point.by}
              {point.comment && <span class="app-quiet app-block">{point.comment}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
