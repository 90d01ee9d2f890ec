/** Where work stands: how much is in each state, how long it stays there, and what became of the referrals received. */
import { useLocation } from "preact-iso/router";
import type { Standing, StayRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { type Column, Table } from "../../ui/rows";
import { CountedAt, Frame, HowCounted, Periods } from "./frame";
import { Count, FigureSection, Section, SplitSection } from "./shares";
import { StandingRecords } from "./standing_records";
import { timeText } from "./times";

export default function StandingRoute() {
  const { query } = useLocation();
  if (query.figure) return <StandingRecords key={JSON.stringify(query)} asked={query} />;
  return <StandingPage period={query.period} />;
}

export function standingPath(period?: string) {
  return period ? `figures/standing/?period=${encodeURIComponent(period)}` : "figures/standing/";
}

function StandingPage({ period }: { period?: string }) {
  return (
    <Frame<Standing> place="standing" label="Where work stands" path={standingPath(period)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What your agency has now and how long things stayed where they were, and what became of the referrals it
            received, from {dateText(found.first_day)} to {dateText(found.last_day)}.
          </p>
          <Periods path="/standing" found={found} />
          <CountedAt found={found} />
          {found.stays.map(({ id, title, rows }) => (
            <Section key={id} id={id} title={`${title}: time in each state`}>
              <Table
                small
                caption="What is there now, and what went on"
                columns={columnsOf(found.period)}
                rows={rows}
              />
            </Section>
          ))}
          {found.figures.map((figure) => (
            <FigureSection
              key={figure.id}
              figure={figure}
              path={(row, isPart) => listPath(found.period, figure.id, isPart ? (row?.part ?? "") : "")}
            />
          ))}
          <SplitSection
            split={found.sources}
            head="Where it came from"
            whole="Received"
            path={({ id }, part) => listPath(found.period, found.sources.id, part, id)}
          />
          <StandingCounted found={found} />
        </>
      )}
    </Frame>
  );
}

function columnsOf(period: string): Column<StayRow>[] {
  const linked = (label: string, figure: "now" | "left"): Column<StayRow> => ({
    label,
    cell: (row) => (
      <Count
        number={row[figure]}
        href={listPath(period, figure, row.id)}
        what={`${row.label}”, ${label.toLowerCase()}`}
      />
    ),
  });
  return [
    { label: "State", cell: ({ label }) => label },
    linked("In it now", "now"),
    linked("Left it", "left"),
    { label: "Half stayed at most", cell: ({ left, median_seconds }) => (left ? timeText(median_seconds) : "") },
    {
      label: "9 in 10 stayed at most",
      cell: ({ left, ninetieth_seconds }) => (left ? timeText(ninetieth_seconds) : ""),
    },
  ];
}

function listPath(period: string, figure: string, part: string, group = "") {
  const asked = Object.entries({ period, figure, part, group }).filter(([, value]) => value);
  return `/standing?${new URLSearchParams(asked)}`;
}

function StandingCounted({ found }: { found: Standing }) {
  return (
    <HowCounted>
      <p>
        Every change of state is kept as an event, with its instant. A stay runs from the event that brought a record
        into a state to the one that took it out, by day and night, on hold or not; a record that came back stays twice.
        Stays are counted on the day on which they ended, of the referrals that your agency has and the cases that it
        leads, and with the time that they spent elsewhere before.
      </p>
      <p>
        A time is shown only where at least {found.median_from} stays ended, and for 9 in 10 at least{" "}
        {found.ninetieth_from}: among fewer, one odd day would be the figure.
      </p>
      <p>
        What became of referrals is counted by the day on which they were sent, of those that your agency has now or had
        when they ended. So the latest are the most often undecided. Those entered in error are not counted.
      </p>
      <p>
        The line across the end of a bar is the 95% interval of a share (by Wilson): the fewer are counted, the wider it
        is. Records that you may not see, because of a conflict of interest or a seal, are not counted.
      </p>
    </HowCounted>
  );
}
