/** What stands at the end of a report: method, limits, the meaning of its words, and the proof. */
import type { ComponentChildren } from "preact";
import type { Report } from "../../api/types";
import { SummaryList } from "../../ui/summary";

export function HowCounted({ report }: { report: Report }) {
  const { method, limits, definitions } = report;
  return (
    <>
      <Part id="method" title="How this was counted">
        {method.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Part>
      <Part id="limits" title="What these figures do not say">
        <ul class="govuk-list govuk-list--bullet">
          {limits.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Part>
      <Part id="definitions" title="What the words mean">
        <SummaryList rows={definitions.map(({ term, meaning }) => ({ label: term, value: meaning }))} />
      </Part>
      <Part id="proof" title="Proof that nothing was changed">
        <p>{report.is_unchanged ? "It was counted anew just now, and agrees." : "It does not agree any more."}</p>
        <p>{report.proof}</p>
        <p class="app-proof">{report.sha256}</p>
      </Part>
    </>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="app-section" aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}
