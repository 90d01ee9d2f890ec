/** Factors, months and every other way of cutting the same referrals, each with what it finds in a sentence. */
import type { NeedsReport, PublishedRow } from "../../api/types";
import { Bars } from "../../ui/charts/bars";
import { Lines } from "../../ui/charts/lines";
import { monthText } from "./frame";
import { highest, mostOf, numberText } from "./most";
import { type Filters, pathWith } from "./needs_filter";

/** As many factors as are drawn; the table has them all. */
const DRAWN = 10;

interface Props {
  found: NeedsReport;
  filters: Filters;
}

export function Factors({ found: { factors, total }, filters }: Props) {
  if (filters.asked.factor) return null;
  const kinds = [
    { title: "Risks named", rows: factors.filter(({ protects }) => !protects) },
    { title: "Strengths named", rows: factors.filter(({ protects }) => protects) },
  ];
  return (
    <>
      {kinds.map(({ title, rows }) => (
        <section key={title} aria-label={title}>
          <h2 class="govuk-heading-m">{title}</h2>
          {rows.length > 0 ? (
            <Bars
              finding={mostOf(rows, total)}
              table={{ caption: title, head: HEAD, rows: rows.map(told) }}
              rows={rows.slice(0, DRAWN).map((row) => drawn(row, pathWith(filters, { factor: row.id })))}
            />
          ) : (
            <p>Each was named too seldom to show.</p>
          )}
        </section>
      ))}
    </>
  );
}

export function Months({ found: { months } }: { found: NeedsReport }) {
  const shown = months.flatMap(({ id, number }) => (number === null ? [] : [{ label: monthText(id), number }]));
  const hidden = months.length - shown.length;
  const { name, value } = highest(shown);
  return (
    <section aria-label="Months">
      <h2 class="govuk-heading-m">Months</h2>
      <Lines
        finding={`Most in ${name}: ${value}.${
          hidden > 0 ? ` In ${hidden} of ${months.length} months there were none, or too few to show.` : ""
        }`}
        table={{ caption: "Referrals by month", head: ["Month", "About how many"] }}
        months={months.map(({ id }) => monthText(id))}
        series={[{ label: "Referrals", values: months.map(({ number }) => number) }]}
      />
    </section>
  );
}

export function Cuts({ found: { cuts, total }, filters }: Props) {
  return (
    <>
      {cuts
        .filter(({ rows }) => rows.length > 0)
        .map(({ id, title, rows }) => (
          <section key={id} aria-label={title}>
            <h2 class="govuk-heading-m">{title}</h2>
            <Bars
              finding={mostOf(rows, total)}
              table={{ caption: `Referrals by: ${title}`, head: HEAD, rows: rows.map(told) }}
              rows={rows.map((row) => drawn(row, pathWith(filters, { [id]: row.id })))}
            />
          </section>
        ))}
    </>
  );
}

const HEAD = ["What it was", "About how many", "Share"];

function told({ id, label, number, percent }: PublishedRow) {
  return { id, cells: [label, numberText(number), percent === null ? "Too few" : `${percent}%`] };
}

function drawn({ id, label, number }: PublishedRow, href: string) {
  return { id, label, value: number, text: numberText(number), href };
}
