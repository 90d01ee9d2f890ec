/** What came of the work of this agency: each figure in words and numbers, and the records behind each number. */
import { useLocation } from "preact-iso/router";
import type { OutcomeFigure, OutcomeFigures, OutcomeRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { Bars } from "../../ui/charts/bars";
import { type Column, Table } from "../../ui/rows";
import { Frame, HowCounted, Periods } from "./frame";
import { OutcomeRecords } from "./outcome_records";

export default function OutcomesRoute() {
  const { query } = useLocation();
  if (query.figure) return <OutcomeRecords key={JSON.stringify(query)} asked={query} />;
  return <OutcomesPage period={query.period} />;
}

export function figuresPath(period?: string) {
  return period ? `figures/outcomes/?period=${encodeURIComponent(period)}` : "figures/outcomes/";
}

function OutcomesPage({ period }: { period?: string }) {
  return (
    <Frame<OutcomeFigures> place="outcomes" label="Outcomes" path={figuresPath(period)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What came of the work of your agency, from {dateText(found.first_day)} to {dateText(found.last_day)}.
          </p>
          <Periods path="/outcomes" found={found} />
          <Figures found={found} />
          <OutcomesCounted />
        </>
      )}
    </Frame>
  );
}

function Figures({ found }: { found: OutcomeFigures }) {
  const counted = found.figures.filter(({ whole }) => whole > 0);
  if (counted.length === 0) {
    return (
      <p>No case of your agency closed in these days, and for none that had closed was half a year or a year over.</p>
    );
  }
  return (
    <>
      {found.figures.map((figure) => (
        <Figure key={figure.id} period={found.period} figure={figure} />
      ))}
    </>
  );
}

function Figure({ period, figure }: { period: string; figure: OutcomeFigure }) {
  const { id, title, caution, whole, rows } = figure;
  return (
    <section class="app-figures" aria-labelledby={`figure-${id}`}>
      <h2 class="govuk-heading-m" id={`figure-${id}`}>
        {title}
      </h2>
      <Numbers period={period} figure={figure} />
      {caution && <p class="app-quiet">{caution}</p>}
      {rows.length > 1 && !rows.some(({ service }) => service) && (
        <p>
          <a href={listPath({ period, figure: id })}>
            List all {whole}
            <span class="govuk-visually-hidden"> of “{title}”</span>
          </a>
        </p>
      )}
    </section>
  );
}

/** Parts of one whole as bars; where each row is of a whole of its own, a table alone. */
function Numbers({ period, figure }: { period: string; figure: OutcomeFigure }) {
  const { id, title, finding, rows } = figure;
  if (rows.length === 0) return <p>{finding}</p>;
  const columns = columnsOf(period, figure);
  if (rows.some(({ service }) => service)) {
    return <Table small caption={finding} columns={columns} rows={rows} />;
  }
  const head = columns.map(({ label }) => label);
  const told = rows.map((row) => ({ id: row.id, cells: columns.map(({ cell }) => cell(row)) }));
  const bars = rows.map(({ id: bar, part, label, count, of, percent, low, high }) => ({
    id: bar,
    label,
    value: (100 * count) / of,
    text: percent === null ? `${count} of ${of}` : `${count} (${percent}%)`,
    href: count > 0 ? listPath({ period, figure: id, part }) : undefined,
    low: low ?? undefined,
    high: high ?? undefined,
  }));
  return <Bars finding={finding} table={{ caption: title, head, rows: told }} rows={bars} most={100} />;
}

function columnsOf(period: string, { id, rows }: OutcomeFigure): Column<OutcomeRow>[] {
  const linked = (label: string, number: (row: OutcomeRow) => number, isPart: boolean): Column<OutcomeRow> => ({
    label,
    cell: (row) => {
      const part = isPart ? row.part : "";
      const href = listPath({ period, figure: id, part, service: row.service ?? "" });
      return <Count number={number(row)} href={href} what={`${row.label}”, ${label.toLowerCase()}`} />;
    },
  });
  const ofServices = rows.some(({ service }) => service);
  return [
    { label: ofServices ? "Service" : "What it was", cell: ({ label }) => label },
    linked("How many", ({ count }) => count, true),
    ...(ofServices ? [linked("Of", ({ of }) => of, false)] : []),
    { label: "Share", cell: ({ percent }) => (percent === null ? <TooFew /> : `${percent}%`) },
    { label: "Likely between", cell: ({ low, high }) => (low === null ? <TooFew /> : `${low}% and ${high}%`) },
  ];
}

function TooFew() {
  return <span class="app-quiet">Too few</span>;
}

/** A number with what it opens; nothing is behind none. */
function Count({ number, href, what }: { number: number; href: string; what: string }) {
  if (number === 0) return <>0</>;
  return (
    <a href={href}>
      {number}
      <span class="govuk-visually-hidden"> of “{what}</span>
    </a>
  );
}

function listPath(asked: Record<string, string>) {
  return `/outcomes?${new URLSearchParams(Object.entries(asked).filter(([, value]) => value))}`;
}

function OutcomesCounted() {
  return (
    <HowCounted>
      <p>
        By the day on which a case closed, of the cases that your agency led then. A case that was opened again counts
        when it closes again; one that was joined to another case of the same child does not count.
      </p>
      <p>
        Whether it has lasted, and who came back, is counted by the day on which half a year and a year were over. So
        each case has had the same time, and those that closed lately do not make the figure look better. Children who
        died or moved to another area are not asked about.
      </p>
      <p>
        “Likely between”, the line across the end of a bar, is the 95% interval of a share (by Wilson): if many agencies
        worked just like yours, with as few children, about 19 of 20 such intervals would hold what is true of them all.
        The fewer are counted, the wider it is.
      </p>
      <p>
        A score from the beginning and one from the end are compared only where there are both. Records that you may not
        see, because of a conflict of interest or a seal, are not counted.
      </p>
    </HowCounted>
  );
}
