/** How complete the records of this agency are: each question, and the records in which it has no answer. */
import { useLocation } from "preact-iso/router";
import type { Exception, Quality, QualityPart, QualityRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Folds } from "../../ui/fold";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";
import { RecordRows } from "../exceptions/record_rows";
import { CountedAt, Frame, Periods } from "../figures/frame";

const LABEL = "Data quality";
const ASKED = ["period", "part", "question"];

const pathOf = (period?: string) =>
  period ? `figures/quality/?period=${encodeURIComponent(period)}` : "figures/quality/";

export default function QualityRoute() {
  const { query } = useLocation();
  return query.question ? <Missing key={JSON.stringify(query)} asked={query} /> : <Report period={query.period} />;
}

function Report({ period }: { period?: string }) {
  return (
    <Frame<Quality> place="quality" label={LABEL} path={pathOf(period)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            Of how many records each question was answered. Referrals are those sent to your agency from{" "}
            {dateText(found.first_day)} to {dateText(found.last_day)}; children are those whom it helps now.
          </p>
          <Periods path="/quality" found={found} />
          <CountedAt found={found} />
          <Folds
            place="quality"
            sections={found.parts.map((part) => ({
              id: part.id,
              title: part.title,
              short: shortly(part),
              body: <Part part={part} period={found.period} />,
            }))}
          />
          <HowCounted />
        </>
      )}
    </Frame>
  );
}

/** How many questions are left empty most often, said of each part before it is opened. */
const SAID = 3;

/** Which questions are left empty most often. */
function shortly({ whole, rows }: QualityPart) {
  if (whole === 0) return "There are none.";
  const most = rows.filter(({ empty }) => empty > 0).sort((one, other) => other.empty - one.empty);
  if (most.length === 0) return "Every question was answered wherever it was asked.";
  const said = most.slice(0, SAID).map(({ label, empty }) => `“${label}” (${empty})`);
  return `Left empty most often, of ${whole}: ${said.join(", ")}.`;
}

function Part({ part, period }: { part: QualityPart; period: string }) {
  if (part.whole === 0) return <p>There are none.</p>;
  const columns: Column<QualityRow>[] = [
    { label: "Question", cell: ({ label }) => label },
    { label: "Asked", cell: ({ asked }) => asked },
    { label: "Answered", cell: ({ answered, percent }) => (percent === null ? answered : `${answered} (${percent}%)`) },
    { label: "Not known", cell: ({ not_known }) => not_known },
    { label: "Left empty", cell: (row) => <Empty part={part.id} row={row} period={period} /> },
  ];
  return (
    <>
      <Table caption={`Question by question, of ${part.whole}`} columns={columns} rows={part.rows} small />
      {part.unused.length > 0 && (
        <>
          <h3 class="govuk-heading-s">Nobody has answered</h3>
          <p>Ask yourselves whether these are needed, or whether people do not know what they are for.</p>
          <ul class="govuk-list govuk-list--bullet">
            {part.unused.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A number with what it opens; nothing is behind none. */
function Empty({ part, row, period }: { part: string; row: QualityRow; period: string }) {
  if (row.empty === 0) return <>0</>;
  return (
    <a href={`/quality?${new URLSearchParams({ period, part, question: row.id })}`}>
      {row.empty}
      <span class="govuk-visually-hidden"> without “{row.label}”</span>
    </a>
  );
}

function Missing({ asked }: { asked: Record<string, string> }) {
  const query = new URLSearchParams(ASKED.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])));
  const found = useResource<Quality>(pathOf(asked.period)).data.value;
  const list = useRows<Exception>(`figures/quality/list/?${query}`);
  const part = found?.parts.find(({ id }) => id === asked.part);
  const row = part?.rows.find(({ id }) => id === asked.question);
  const label = labelOf("quality", LABEL);
  const back = { href: asked.period ? `/quality?period=${asked.period}` : "/quality", label };
  return (
    <Page title={row ? `Without an answer: ${row.label}` : label} caption={part?.title} back={back}>
      <RecordRows list={list} />
    </Page>
  );
}

function HowCounted() {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How this is counted</span>
      </summary>
      <div class="govuk-details__text">
        <p>
          A question counts where it was asked: of a child who is not born yet nobody asks for a school. “Not known” is
          an answer that somebody gave; left empty is none. A share is shown where a question was asked five times or
          more.
        </p>
        <p>
          Referrals are counted as they were sent, whatever was put right later. What may bear a label is left out, and
          so are records that you may not see.
        </p>
      </div>
    </details>
  );
}
