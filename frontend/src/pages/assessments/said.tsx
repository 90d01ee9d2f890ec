/** What an assessment says, and beside it what the one before said where that was something else. */
import type { Assessment } from "../../api/types";
import { dateText } from "../../lib/format";
import { Lines } from "../../ui/summary";

export function Said({ parts, former }: { parts: Assessment["said"]; former: Assessment["based_on"] }) {
  return (
    <>
      {parts.map((part) => (
        <section key={part.name} class="app-section">
          <h2 class="govuk-heading-m">{part.label}</h2>
          {part.value.length > 0 ? <Text lines={part.value} /> : <p class="app-quiet">Nothing was written.</p>}
          {part.before && former && <Before lines={part.before} day={dateText(former.ended_at)} label={part.label} />}
        </section>
      ))}
    </>
  );
}

function Text({ lines }: { lines: string[] }) {
  return (
    <div class="app-answer">
      <Lines lines={lines} />
    </div>
  );
}

function Before({ lines, day, label }: { lines: string[]; day: string; label: string }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          What was said on {day}
          <span class="govuk-visually-hidden">: {label}</span>
        </span>
      </summary>
      <div class="govuk-details__text">{lines.length > 0 ? <Lines lines={lines} /> : "Nothing was written."}</div>
    </details>
  );
}
