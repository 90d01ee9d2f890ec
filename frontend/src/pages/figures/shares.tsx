/** Figures in shares: bars with their bounds, the numbers as a table, and what each number opens. */
import type { ComponentChildren } from "preact";
import type { PlainFigure, Share, ShareRow, Split, SplitRow } from "../../api/types";
import { Bars } from "../../ui/charts/bars";
import { type Column, Table } from "../../ui/rows";

/** Where a number leads: to a part of the figure, to the whole of a row, or without a row to the whole figure. */
type Path<Row> = (row: Row | null, isPart: boolean) => string;

interface FigureProps<Row extends ShareRow> {
  figure: Omit<PlainFigure, "rows"> & { rows: Row[] };
  path: Path<Row>;
  /** Whether each row is a service, with a whole of its own. */
  ofServices?: boolean;
}

export function FigureSection<Row extends ShareRow>(props: FigureProps<Row>) {
  const { id, title } = props.figure;
  return (
    <Section id={id} title={title}>
      <FigureBody {...props} />
    </Section>
  );
}

export function FigureBody<Row extends ShareRow>({ figure, path, ofServices }: FigureProps<Row>) {
  const { title, caution, whole, rows } = figure;
  return (
    <>
      <Numbers figure={figure} path={path} ofServices={ofServices} />
      {caution && <p class="app-quiet">{caution}</p>}
      {rows.length > 1 && !ofServices && (
        <p>
          <a href={path(null, false)}>
            List all {whole}
            <span class="govuk-visually-hidden"> of “{title}”</span>
          </a>
        </p>
      )}
    </>
  );
}

export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="app-figures" aria-labelledby={`figure-${id}`}>
      <h2 class="govuk-heading-m" id={`figure-${id}`}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Parts of one whole as bars; where each row is of a whole of its own, a table alone. */
function Numbers<Row extends ShareRow>({ figure, path, ofServices }: FigureProps<Row>) {
  const { title, finding, rows } = figure;
  if (rows.length === 0) return <p>{finding}</p>;
  const columns = columnsOf(path, ofServices);
  if (ofServices) return <Table small caption={finding} columns={columns} rows={rows} />;
  const head = columns.map(({ label }) => label);
  const told = rows.map((row) => ({ id: row.id, cells: columns.map(({ cell }) => cell(row)) }));
  const bars = rows.map((row) => ({
    id: row.id,
    label: row.label,
    value: (100 * row.count) / row.of,
    text: row.percent === null ? `${row.count} of ${row.of}` : `${row.count} (${row.percent}%)`,
    href: row.count > 0 ? path(row, true) : undefined,
    low: row.low ?? undefined,
    high: row.high ?? undefined,
  }));
  return <Bars finding={finding} table={{ caption: title, head, rows: told }} rows={bars} most={100} />;
}

function columnsOf<Row extends ShareRow>(path: Path<Row>, ofServices?: boolean): Column<Row>[] {
  const linked = (label: string, number: (row: Row) => number, isPart: boolean): Column<Row> => ({
    label,
    cell: (row) => (
      <Count number={number(row)} href={path(row, isPart)} what={`${row.label}”, ${label.toLowerCase()}`} />
    ),
  });
  return [
    { label: ofServices ? "Service" : "What it was", cell: ({ label }) => label },
    linked("How many", ({ count }) => count, true),
    ...(ofServices ? [linked("Of", ({ of }) => of, false)] : []),
    { label: "Share", cell: ({ percent }) => (percent === null ? <TooFew /> : `${percent}%`) },
    { label: "Likely between", cell: ({ low, high }) => (low === null ? <TooFew /> : `${low}% and ${high}%`) },
  ];
}

export function TooFew() {
  return <span class="app-quiet">Too few</span>;
}

/** A number with what it opens; nothing is behind none. */
export function Count({ number, href, what }: { number: number; href: string; what: string }) {
  if (number === 0) return <>0</>;
  return (
    <a href={href}>
      {number}
      <span class="govuk-visually-hidden"> of “{what}</span>
    </a>
  );
}

interface SplitProps<Row extends SplitRow> {
  split: Omit<Split, "rows"> & { rows: Row[] };
  /** What a row is, and what its whole is called. */
  head: string;
  whole: string;
  path: (row: Row, part: string) => string;
  more?: Column<Row>[];
}

/** A row for each group, a column for each part that anybody has. */
export function SplitSection<Row extends SplitRow>(props: SplitProps<Row>) {
  const { id, title, finding, rows } = props.split;
  return (
    <Section id={id} title={title}>
      {rows.length === 0 ? (
        <p>{finding}</p>
      ) : (
        <Table small caption={finding} columns={splitColumns(props)} rows={rows} />
      )}
    </Section>
  );
}

export function splitColumns<Row extends SplitRow>({
  split: { parts, rows },
  head,
  whole,
  path,
  more = [],
}: SplitProps<Row>): Column<Row>[] {
  const there = parts.filter(({ code }) => rows.some((row) => shareOf(row, code)?.count));
  return [
    { label: head, cell: ({ label }) => label },
    {
      label: whole,
      cell: (row) => <Count number={row.of} href={path(row, "")} what={`${row.label}”, ${whole.toLowerCase()}`} />,
    },
    ...there.map(({ code, label }) => ({
      label,
      cell: (row: Row) => <Part share={shareOf(row, code)} href={path(row, code)} what={`${row.label}”, ${label}`} />,
    })),
    ...more,
  ];
}

export function shareOf(row: SplitRow, part: string): Share | undefined {
  return row.numbers.find((one) => one.part === part);
}

function Part({ share, href, what }: { share?: Share; href: string; what: string }) {
  if (!share) return null;
  return (
    <>
      <Count number={share.count} href={href} what={what} />
      {share.count > 0 && share.percent !== null && ` (${share.percent}%)`}
    </>
  );
}
