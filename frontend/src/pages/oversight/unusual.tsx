/** What somebody read that is unusual: those that wait, and one of them with what was read and what others said of it. */
import type { Unusual, UnusualDetail } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { VisitCards } from "./visits";

const TITLE = "Unusual reading";
const VIEWS = { waiting: "Waiting", all: "All" };
const EMPTY: Record<string, string> = {
  waiting: "Nothing waits for you.",
  all: "Nothing that anybody read was unusual.",
};

export function UnusualList({ view = "waiting" }: { view?: string }) {
  return (
    <Page title={TITLE} ready>
      <p>
        Within five minutes the log is searched for what people do not usually read: a child of their own family name,
        address or family, a colleague’s child, records without a task, many in a day or a fortnight, at night, or
        searched for again and again. Most of it has a good reason. The person is not told that you look.
      </p>
      <nav class="app-views" aria-label="Which of them">
        {Object.entries(VIEWS).map(([value, label]) => (
          <a key={value} href={`/unusual?view=${value}`} aria-current={value === view ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <Rows key={view} view={view} />
    </Page>
  );
}

function Rows({ view }: { view: string }) {
  const list = useRows<Unusual>(`unusual/?view=${encodeURIComponent(view)}`);
  return (
    <Listing list={list} empty={<p>{EMPTY[view] ?? "There is none."}</p>}>
      {(rows) => <Cards rows={rows}>{(row) => <UnusualCard row={row} />}</Cards>}
    </Listing>
  );
}

/** One of a list of what is unusual. */
export function UnusualCard({ row }: { row: Unusual }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/unusual/${row.id}`}>
          {row.person}: {row.kind_label}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p>{row.why}</p>
      <p class="app-quiet">
        {[row.role, row.agency].join(", ")}. Found {dateTimeText(row.found_at)}
        {!row.outcome_label && `. To be decided by ${dateTimeText(row.review_due_at)}`}
      </p>
    </>
  );
}

export function OneUnusual({ id }: { id: string }) {
  const resource = useResource<UnusualDetail>(`unusual/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title={TITLE}
      caption={one ? one.person : undefined}
      back={{ href: "/unusual", label: TITLE }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && <Body one={one} />}
    </Page>
  );
}

const period = ({ first_at, last_at }: UnusualDetail) => {
  const [from, to] = [dateTimeText(first_at), dateTimeText(last_at)];
  return from === to ? from : `${from} to ${to}`;
};

function Body({ one }: { one: UnusualDetail }) {
  return (
    <>
      <SummaryList
        rows={[
          { label: "Who", value: `${one.person}, ${one.role}, ${one.agency}` },
          { label: "What is unusual", value: one.kind_label },
          { label: "Why we ask", value: one.why },
          { label: "When", value: period(one) },
          { label: "What their manager says", value: one.look && `${one.look} (${one.looked_by})` },
          {
            label: "Decision",
            value: one.outcome_label
              ? `${[one.outcome_label, one.decision].filter(Boolean).join(": ")} (${one.decided_by})`
              : `Waits for information governance, until ${dateTimeText(one.review_due_at)}`,
          },
        ]}
      />
      <section class="app-section" aria-labelledby="read">
        <h2 class="govuk-heading-m" id="read">
          What was read
        </h2>
        {one.gone && <p class="govuk-inset-text">{one.gone}</p>}
        {one.visits.length > 0 ? <VisitCards rows={one.visits} /> : <p>The log does not show more of it.</p>}
      </section>
      <Options options={one.options} />
    </>
  );
}
