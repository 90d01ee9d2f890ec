/** What works: what became of families by the service that they had, with bounds and with caution. */
import { useLocation } from "preact-iso/router";
import type { CountedRecord, Works, WorksFigure, WorksRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Bars } from "../../ui/charts/bars";
import { Folds } from "../../ui/fold";
import { asQuery, Counted } from "./counted";
import { CountedAt, Frame, HowCounted, Periods, RecordHead } from "./frame";
import { shareOf, splitColumns, TooFew } from "./shares";

const LABEL = "What works";
const ASKED = ["period", "figure", "part", "group"];
type Asked = Record<string, string>;

export default function WorksRoute() {
  const { query } = useLocation();
  if (query.figure) return <WorksRecords key={JSON.stringify(query)} asked={query} />;
  return <WorksPage period={query.period} />;
}

function apiPath(period?: string) {
  return period ? `figures/works/?period=${encodeURIComponent(period)}` : "figures/works/";
}

function pagePath(asked: Asked) {
  return `/what-works?${asQuery(asked, ASKED)}`;
}

function WorksPage({ period }: { period?: string }) {
  return (
    <Frame<Works> place="what-works" label={LABEL} path={apiPath(period)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What became of families by the service that they had, in the cases of your agency that closed from{" "}
            {dateText(found.first_day)} to {dateText(found.last_day)}.
          </p>
          <p class="govuk-inset-text">
            A difference between services is where to look, not proof. Families who get one service differ from those
            who get another, most had other help too, and numbers are small. Nothing here shows what would have become
            of a family without the service.
          </p>
          <Periods path="/what-works" found={found} />
          <CountedAt found={found} />
          <Figures found={found} />
          <WorksCounted found={found} />
          <p>
            <a href="/outcomes">Outcomes of all cases that closed</a>
          </p>
        </>
      )}
    </Frame>
  );
}

function Figures({ found }: { found: Works }) {
  const [counted, none] = [
    found.figures.filter(({ rows }) => rows.length),
    found.figures.filter(({ rows }) => !rows.length),
  ];
  if (counted.length === 0) return <p>No service had ended within a case of your agency that closed in these days.</p>;
  return (
    <>
      <Folds
        place="what-works"
        sections={counted.map((figure) => ({
          id: figure.id,
          title: figure.title,
          short: figure.finding,
          body: <FigureOf found={found} figure={figure} />,
        }))}
      />
      {none.length > 0 && (
        <p class="app-quiet">Nothing to count yet of: {none.map(({ title }) => title.toLowerCase()).join("; ")}.</p>
      )}
    </>
  );
}

/** Services are compared by the first part, those of which enough are counted; the table has all. */
function FigureOf({ found, figure }: { found: Works; figure: WorksFigure }) {
  const { title, finding, caution, parts, rows } = figure;
  const first = parts[0]?.code ?? "";
  const columns = columnsOf(found, figure, first);
  const table = {
    caption: title,
    head: columns.map(({ label }) => label),
    rows: rows.map((row) => ({ id: row.id, cells: columns.map(({ cell }) => cell(row)) })),
  };
  const bars = rows.map((row) => {
    const share = shareOf(row, first);
    const count = share?.count ?? 0;
    return {
      id: row.id,
      label: row.label,
      value: row.of ? (100 * count) / row.of : 0,
      text: share?.percent == null ? `${count} of ${row.of}` : `${count} of ${row.of} (${share.percent}%)`,
      href: count > 0 ? listPath(found, figure, row, first) : undefined,
      low: share?.low ?? undefined,
      high: share?.high ?? undefined,
    };
  });
  return (
    <>
      <Bars finding={`${finding} Drawn by service: “${parts[0]?.label}”.`} table={table} rows={bars} most={100} />
      {caution && <p class="app-quiet">{caution}</p>}
    </>
  );
}

function columnsOf(found: Works, figure: WorksFigure, first: string) {
  return splitColumns<WorksRow>({
    split: figure,
    head: "Service",
    whole: figure.whole,
    path: (row, part) => listPath(found, figure, row, part),
    more: [
      {
        label: `“${figure.parts[0]?.label}” likely between`,
        cell: (row) => {
          const share = shareOf(row, first);
          return share?.low == null ? <TooFew /> : `${share.low}% and ${share.high}%`;
        },
      },
      ...(figure.beside ? [{ label: figure.beside, cell: ({ beside }: WorksRow) => beside }] : []),
    ],
  });
}

function listPath({ period }: Works, figure: WorksFigure, row: WorksRow, part: string) {
  return pagePath({ period, figure: figure.id, part, group: row.id });
}

function WorksCounted({ found }: { found: Works }) {
  return (
    <HowCounted>
      <p>
        Of the services that were begun and have ended, by the day on which the case closed; whether it has lasted and
        who came back, by the day on which half a year and a year were over. A service that was given two times in one
        case counts twice, and a case with two services counts for both.
      </p>
      <p>
        Goals are those of the plan that a service was said to work towards. Sessions are those that a child could come
        to; one that whoever gives it called off is not counted.
      </p>
      <p>
        The line across the end of a bar is the 95% interval of a share (by Wilson): the fewer are counted, the wider it
        is. Of fewer than {found.share_from} no share is given. With many services, one in twenty stands out by chance.
        Records that you may not see, because of a conflict of interest or a seal, are not counted.
      </p>
    </HowCounted>
  );
}

function WorksRecords({ asked }: { asked: Asked }) {
  const found = useResource<Works>(apiPath(asked.period)).data.value;
  return (
    <Counted<CountedRecord>
      title={(found && titleOf(found, asked)) || LABEL}
      back={{ href: asked.period ? `/what-works?period=${asked.period}` : "/what-works", label: LABEL }}
      found={found}
      path={`figures/works/list/?${asQuery(asked, ASKED)}`}
    >
      {(one) => <Record figure={asked.figure ?? ""} {...one} />}
    </Counted>
  );
}

function titleOf({ figures }: Works, { figure, part, group }: Asked): string {
  const of = figures.find(({ id }) => id === figure);
  const word = of?.parts.find(({ code }) => code === part)?.label ?? of?.whole;
  return [of?.rows.find(({ id }) => id === group)?.label, word].filter(Boolean).join(": ");
}

function Record({ figure, reference, title, url, on }: CountedRecord & { figure: string }) {
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p>{title}</p>
      <p class="app-quiet">
        {figure === "sessions" ? "The session was on" : "The service ended on"} {dateText(on)}
      </p>
    </>
  );
}
