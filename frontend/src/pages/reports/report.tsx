/** One edition of a report: its figures as they were, how they were counted, and whether nothing was changed since. */
import type { Report } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Warning } from "../../ui/banner";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { Table } from "../../ui/rows";
import { PublishedChart } from "../figures/published_chart";
import { Quoted } from "../figures/quoted";
import { HowCounted } from "./how_counted";

const FILES = [
  { path: "pdf", label: "Download the report (PDF)" },
  { path: "xlsx", label: "Download its figures (Excel)" },
  { path: "ods", label: "Download its figures (OpenDocument)" },
];

export default function ReportPage({ params: { id } }: { params: { id: string } }) {
  const resource = useResource<Report>(`reports/${id}/`);
  const report = resource.data.value;
  return (
    <Page
      title={report?.title ?? "Report"}
      caption={report ? `Edition ${report.edition}` : undefined}
      back={{ href: "/reports", label: labelOf("reports", "Reports") }}
      error={resource.error.value}
      retry={resource.load}
      ready={report !== null}
    >
      {report && <Whole report={report} />}
    </Page>
  );
}

function Whole({ report }: { report: Report }) {
  return (
    <>
      {!report.is_unchanged && (
        <Warning>
          This report is not what it was when it was made: somebody has changed it. Do not use its figures, and tell
          whoever runs Alongside for you.
        </Warning>
      )}
      <p>
        Made by {report.made_by}, {dateTimeText(report.made_at)}, for {report.partnership}. Every number is a multiple
        of {report.base}, and none is below {report.threshold}.
      </p>
      <Editions report={report} />
      <ul class="govuk-list app-stays">
        {FILES.map(({ path, label }) => (
          <li key={path}>
            <a href={`/api/v1/reports/${report.id}/${path}/`} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
      <Changes report={report} />
      {report.sections.map((section) => (
        <Section key={section.id} section={section} months={[report.first_month, report.last_month]} />
      ))}
      <HowCounted report={report} />
      <Options options={report.options} />
    </>
  );
}

/** Who reads an old edition is told of the latest, and who reads the latest finds those before it. */
function Editions({ report: { id, edition, editions } }: { report: Report }) {
  const others = editions.filter((one) => one.id !== id);
  if (others.length === 0) return null;
  return (
    <div class="govuk-inset-text">
      {others.some((one) => one.edition > edition) && <p>There is a later edition of this report.</p>}
      <ul class="govuk-list">
        {others.map((one) => (
          <li key={one.id}>
            <a href={`/reports/${one.id}`}>Read edition {one.edition}</a>, made {dateTimeText(one.made_at)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({ report: { edition, reason, changes } }: { report: Report }) {
  if (edition === 1) return null;
  const rows = changes.map((one) => ({ ...one, id: `${one.table} ${one.label}` }));
  const said = (number: number | null) => number ?? <span class="app-quiet">Too few</span>;
  return (
    <section class="app-section" aria-labelledby="changes">
      <h2 class="govuk-heading-m" id="changes">
        What is different from edition {edition - 1}, and why
      </h2>
      <p class="app-lines">{reason}</p>
      <Table
        small
        caption="Numbers that are other ones now"
        columns={[
          { label: "What it was", cell: ({ label }) => label },
          { label: "Table", cell: ({ table }) => table },
          { label: "Before", cell: ({ before }) => said(before) },
          { label: "Now", cell: ({ now }) => said(now) },
        ]}
        rows={rows}
      />
    </section>
  );
}

interface SectionProps {
  section: Report["sections"][number];
  months: [string, string];
}

function Section({ section: { id, title, finding, tables, quotations }, months }: SectionProps) {
  return (
    <section class="app-section app-figures" aria-labelledby={`section-${id}`}>
      <h2 class="govuk-heading-m" id={`section-${id}`}>
        {title}
      </h2>
      <p>{finding}</p>
      {tables
        .filter(({ rows }) => rows.length > 0)
        .map((table) => (
          <section key={table.id} aria-labelledby={`section-${id} table-${id}-${table.id}`}>
            <h3 class="govuk-heading-s" id={`table-${id}-${table.id}`}>
              {table.title}
            </h3>
            <PublishedChart table={table} months={months} />
          </section>
        ))}
      {quotations.length > 0 && (
        <section aria-labelledby={`words-${id}`}>
          <h3 class="govuk-heading-s" id={`words-${id}`}>
            In their words
          </h3>
          {quotations.map((one) => (
            <Quoted key={`${one.about} ${one.text}`} quotation={{ ...one, beside: [one.about, ...one.beside] }} />
          ))}
        </section>
      )}
    </section>
  );
}
