/** What came of the work of this agency: each figure in words and numbers, and the records behind each number. */
import { useLocation } from "preact-iso/router";
import type { OutcomeFigures } from "../../api/types";
import { dateText } from "../../lib/format";
import { Folds } from "../../ui/fold";
import { CountedAt, Frame, HowCounted, Periods } from "./frame";
import { OutcomeRecords } from "./outcome_records";
import { FigureBody } from "./shares";

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
          <p>
            <a href={`/what-works?period=${found.period}`}>What works: the same by service, with goals and sessions</a>
          </p>
          <CountedAt found={found} />
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
  const sections = found.figures.map((figure) => ({
    id: figure.id,
    title: figure.title,
    short: figure.finding,
    body: (
      <FigureBody
        figure={figure}
        ofServices={figure.rows.some(({ service }) => service)}
        path={(row, isPart) =>
          listPath({
            period: found.period,
            figure: figure.id,
            part: isPart ? (row?.part ?? "") : "",
            service: row?.service ?? "",
          })
        }
      />
    ),
  }));
  return <Folds place="outcomes" sections={sections} />;
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
