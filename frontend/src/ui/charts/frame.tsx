/** What every chart has around it: what it finds in a sentence, the picture, and the same numbers as a table. */
import type { ComponentChildren } from "preact";
import { Table } from "../rows";

export interface TableRow {
  id: string;
  cells: ComponentChildren[];
}

/** What a caller says of a chart. */
export interface Said {
  /** What the picture shows, as a sentence made of its numbers. */
  finding: string;
  /** With rows of its own where a table has more to say than the picture. */
  table: { caption: string; head: string[]; rows?: TableRow[] };
}

interface FigureProps extends Said {
  /** The numbers of the picture, where the caller has no rows of its own. */
  rows: TableRow[];
  children: ComponentChildren;
}

export function Figure({ finding, table, rows, children }: FigureProps) {
  const columns = table.head.map((label, index) => ({ label, cell: ({ cells }: TableRow) => cells[index] }));
  return (
    <figure class="app-chart govuk-body">
      <figcaption class="app-chart__finding">{finding}</figcaption>
      {children}
      <details class="govuk-details app-chart__table">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">
            Show as a table<span class="govuk-visually-hidden">: {table.caption}</span>
          </span>
        </summary>
        <Table small caption={table.caption} columns={columns} rows={table.rows ?? rows} />
      </details>
    </figure>
  );
}

/** What a label or a number opens, in words that a keyboard reaches: nothing within a picture can be pressed. */
export function Linked({ href, children }: { href?: string; children: ComponentChildren }) {
  return href ? <a href={href}>{children}</a> : <>{children}</>;
}
