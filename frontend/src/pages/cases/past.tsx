/** What was said of somebody before: each time it changed, who did so and why, old and new beside each other. */
import type { SaidTurn } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { SummaryList } from "../../ui/summary";

export function Past({ turns }: { turns: SaidTurn[] }) {
  return (
    <section class="app-section" aria-labelledby="past">
      <h2 class="govuk-heading-m" id="past">
        What was said before
      </h2>
      <div class="moj-timeline">
        {turns.map((turn) => (
          <div class="moj-timeline__item" key={turn.at}>
            <div class="moj-timeline__header">
              <h3 class="moj-timeline__title">{turn.label}</h3>
              {turn.by && <p class="moj-timeline__byline"> by {turn.by}</p>}
            </div>
            <p class="moj-timeline__date">
              <time dateTime={turn.at}>{dateTimeText(turn.at)}</time>
            </p>
            <div class="moj-timeline__description">
              {turn.why_label && <p>{[turn.why_label, turn.reason].filter(Boolean).join(": ")}</p>}
              <SummaryList
                rows={turn.changes.map(({ label, before, after }) => ({
                  label,
                  value: `${after || "Not said"} (before: ${before || "not said"})`,
                }))}
              />
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
