/** Questions and answers in a list; what has no value is left out unless it can be changed. */
import type { ComponentChildren } from "preact";

export interface SummaryRow {
  label: string;
  value: ComponentChildren | string[];
  /** Read on the screen by whoever may, and never printed. */
  stays?: boolean;
  /** Where, or how, the answer is changed. */
  change?: { label: string; href?: string; onPress?: () => void };
}

export function Lines({ lines }: { lines: string[] }) {
  if (lines.length === 1) return <>{lines[0]}</>;
  return (
    <ul class="govuk-list app-lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const hasValue = ({ value, change }: SummaryRow) =>
  Boolean(change) ||
  (Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== false && value !== "");

function ChangeLink({ label, href, onPress }: NonNullable<SummaryRow["change"]>) {
  const words = (
    <>
      Change<span class="govuk-visually-hidden"> {label}</span>
    </>
  );
  if (href) return <a href={href}>{words}</a>;
  return (
    <button type="button" class="app-link-button" onClick={onPress}>
      {words}
    </button>
  );
}

export function SummaryList({ rows }: { rows: SummaryRow[] }) {
  const shown = rows.filter(hasValue);
  if (shown.length === 0) return null;
  return (
    <dl class="govuk-summary-list">
      {shown.map((row, index) => (
        <div class={`govuk-summary-list__row${row.stays ? " app-stays" : ""}`} key={`${index} ${row.label}`}>
          <dt class="govuk-summary-list__key">{row.label}</dt>
          <dd class="govuk-summary-list__value">
            {Array.isArray(row.value) && row.value.every((line) => typeof line === "string") ? (
              <Lines lines={row.value as string[]} />
            ) : (
              row.value
            )}
          </dd>
          {row.change && (
            <dd class="govuk-summary-list__actions">
              <ChangeLink {...row.change} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
