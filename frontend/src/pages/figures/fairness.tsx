/** Fairness: whether groups of children are decided for, wait and are refused alike, with bounds and with caution. */
import { useLocation } from "preact-iso/router";
import type { CountedRecord, FairFigure, Fairness, FairRow } from "../../api/types";
import { dateText, durationText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Bars } from "../../ui/charts/bars";
import type { Column } from "../../ui/rows";
import { asQuery, Counted } from "./counted";
import { Choices, CountedAt, Frame, HowCounted, RecordHead } from "./frame";
import { Count, Section } from "./shares";

const LABEL = "Fairness";
const ASKED = ["period", "by", "figure", "part", "group"];
/** More names than these, such as of wards, would drown what can be said. */
const NAMED = 8;
type Asked = Record<string, string>;

export default function FairnessRoute() {
  const { query } = useLocation();
  if (query.figure) return <FairnessRecords key={JSON.stringify(query)} asked={query} />;
  return <FairnessPage asked={query} />;
}

function apiPath(asked: Asked) {
  const query = asQuery(asked, ["period", "by"]).toString();
  return query ? `figures/fairness/?${query}` : "figures/fairness/";
}

function pagePath(asked: Asked) {
  return `/fairness?${asQuery(asked, ASKED)}`;
}

function FairnessPage({ asked }: { asked: Asked }) {
  return (
    <Frame<Fairness> place="fairness" label={LABEL} path={apiPath(asked)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            Decisions, waits and refusals by group of children, in your agency’s own records, from{" "}
            {dateText(found.first_day)} to {dateText(found.last_day)}.
          </p>
          <p class="govuk-inset-text">
            A difference is where to look, not a cause. Groups differ in what they are referred for, by whom and how
            late; and a group that is hardly referred at all is in none of these numbers. Nothing is said of fewer than{" "}
            {found.least} children’s records.
          </p>
          <Choices
            label="Which days"
            options={found.periods}
            chosen={found.period}
            path={(period) => pagePath({ period, by: found.by })}
          />
          <Choices
            label="Which groups"
            options={found.groupings}
            chosen={found.by}
            path={(by) => pagePath({ period: found.period, by })}
          />
          <CountedAt found={found} />
          {found.figures.map((figure) => (
            <FigureOf key={figure.id} found={found} figure={figure} />
          ))}
          <FairnessCounted least={found.least} />
        </>
      )}
    </Frame>
  );
}

function FigureOf({ found, figure }: { found: Fairness; figure: FairFigure }) {
  const { id, title, finding, caution, rows } = figure;
  const columns = columnsOf(found, figure);
  const table = {
    caption: title,
    head: columns.map(({ label }) => label),
    rows: rows.map((row) => ({ id: row.id, cells: columns.map(({ cell }) => cell(row)) })),
  };
  const bars = rows.map((row) => ({
    id: row.id,
    label: row.label,
    value: row.percent ?? 0,
    text: `${row.count} of ${row.of} (${row.percent}%)`,
    href: row.count > 0 ? listPath(found, figure, row, true) : undefined,
    low: row.low ?? undefined,
    high: row.high ?? undefined,
  }));
  return (
    <Section id={id} title={title}>
      {rows.length > 0 ? <Bars finding={finding} table={table} rows={bars} most={100} /> : <p>{finding}</p>}
      {caution && <p>{caution}</p>}
      <TooFew labels={figure.too_few} />
    </Section>
  );
}

function TooFew({ labels }: { labels: string[] }) {
  if (labels.length === 0) return null;
  const said = labels.length > NAMED ? `${labels.length} groups` : labels.join("; ");
  return <p class="app-quiet">Too few to say: {said}.</p>;
}

function columnsOf(found: Fairness, figure: FairFigure): Column<FairRow>[] {
  const linked = (label: string, number: (row: FairRow) => number, isPart: boolean): Column<FairRow> => ({
    label,
    cell: (row) => (
      <Count
        number={number(row)}
        href={listPath(found, figure, row, isPart)}
        what={`${row.label}”, ${label.toLowerCase()}`}
      />
    ),
  });
  const time: Column<FairRow> = {
    label: figure.timed,
    cell: ({ median_seconds }) => (median_seconds === null ? "Too few" : durationText(median_seconds)),
  };
  return [
    { label: "Group", cell: ({ label }) => label },
    linked("How many", ({ count }) => count, true),
    linked("Of", ({ of }) => of, false),
    { label: "Share", cell: ({ percent }) => `${percent}%` },
    { label: "Likely between", cell: ({ low, high }) => `${low}% and ${high}%` },
    ...(figure.timed ? [time] : []),
  ];
}

function listPath({ period, by }: Fairness, { counting, id }: FairFigure, row: FairRow, isPart: boolean) {
  return pagePath({ period, by, figure: counting, part: isPart ? id : "", group: row.id });
}

function FairnessCounted({ least }: { least: number }) {
  return (
    <HowCounted>
      <p>
        A group is what the child’s record says; of special educational needs, what the latest referral says. Who was
        not asked, or did not say, stands apart and is compared with nobody. Age is the age on the day that is counted.
      </p>
      <p>
        Decisions are those of the referrals that were sent in these days; the time to decide is of those that were to
        be decided in them; refusals are of the services that were recommended in them. One child may be in a number
        more than once.
      </p>
      <p>
        The line across the end of a bar is the 95% interval of a share (by Wilson). Where the lines of two groups do
        not meet, chance alone hardly explains the difference; where they meet, it may. With many groups, one in twenty
        stands out by chance. Of fewer than {least} nothing is said, because the line would be wider than what it could
        tell.
      </p>
      <p>Records that you may not see, because of a conflict of interest or a seal, are not counted.</p>
    </HowCounted>
  );
}

function FairnessRecords({ asked }: { asked: Asked }) {
  const found = useResource<Fairness>(apiPath(asked)).data.value;
  const label = labelOf("fairness", LABEL);
  return (
    <Counted<CountedRecord>
      title={(found && titleOf(found, asked)) || label}
      back={{ href: `/fairness?${asQuery(asked, ["period", "by"])}`, label }}
      found={found}
      path={`figures/fairness/list/?${asQuery(asked, ASKED)}`}
    >
      {(one) => <Record figure={asked.figure ?? ""} {...one} />}
    </Counted>
  );
}

const ALL: Record<string, string> = {
  decided: "Referrals that were decided",
  waited: "Referrals that were to be decided",
  services: "Services that were recommended",
};
const DAYS: Record<string, string> = { decided: "Sent", waited: "Due", services: "Recommended" };

function titleOf({ figures }: Fairness, { figure, part, group }: Asked): string {
  const of = figures.find(({ counting, id }) => counting === figure && (!part || id === part));
  const row = of?.rows.find(({ id }) => id === group);
  return [part ? of?.title : ALL[figure ?? ""], row?.label].filter(Boolean).join(": ");
}

function Record({ figure, reference, title, url, on }: CountedRecord & { figure: string }) {
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p>{title}</p>
      <p class="app-quiet">
        {DAYS[figure]} on {dateText(on)}
      </p>
    </>
  );
}
