/** What a feed would do, or did: counts, names, and what is wrong with it, line by line. */
import { useEffect, useRef } from "preact/hooks";
import type { ImportReport } from "../../api/types";

const WEIGHT: Record<ImportReport["problems"][number]["weight"], string> = {
  stops: "Cannot be read",
  leaves_out: "Left out",
  noted: "Note",
};

export function Report({ report, busy, onWrite }: { report: ImportReport; busy: boolean; onWrite: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [report]);
  return (
    <section class="app-section" aria-labelledby="report">
      <h2 class="govuk-heading-m" id="report" tabIndex={-1} ref={heading}>
        {report.is_written ? "This was written" : "What would change"}
      </h2>
      <p>{report.summary}</p>
      {report.keeps_gone && <div class="govuk-inset-text">{report.keeps_gone}</div>}
      <Wrong report={report} />
      <Names title="New" rows={report.new} />
      <Names title="Changed" rows={report.changed} />
      <Names title="Ended" rows={report.gone} />
      {!report.is_written && report.can_be_written && (
        <button type="button" class="govuk-button" disabled={busy} onClick={onWrite}>
          {busy ? "Writing…" : "Write this into the directory"}
        </button>
      )}
      {report.is_written && <a href="/services?view=kept">See the services your agency keeps</a>}
    </section>
  );
}

function Wrong({ report }: { report: ImportReport }) {
  if (report.problems.length === 0) return <p>Nothing is wrong with it.</p>;
  return (
    <>
      <h3 class="govuk-heading-s">What is wrong with it</h3>
      <ul class="govuk-list govuk-list--bullet">
        {report.problems.map(({ where, sentence, weight }) => (
          <li key={where + sentence}>
            <strong>{WEIGHT[weight]}</strong>, {where}: {sentence}
          </li>
        ))}
      </ul>
      {report.more_problems > 0 && <p>And {report.more_problems} more like these.</p>}
    </>
  );
}

function Names({ title, rows }: { title: string; rows: ImportReport["new"] }) {
  if (rows.length === 0) return null;
  return (
    <details class="govuk-details" open={rows.length <= 20}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {title}: {rows.length}
        </span>
      </summary>
      <div class="govuk-details__text">
        <ul class="govuk-list govuk-list--bullet">
          {rows.map(({ name, note }) => (
            <li key={name}>
              {name}
              {note && <span class="app-quiet"> ({note})</span>}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
