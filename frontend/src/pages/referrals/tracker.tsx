/** Who holds the referral, what is next, by when, and how far along it is. */
import type { Tracker } from "../../api/types";
import { dateTimeText } from "../../lib/format";

const STEP_WORDS = { done: "Done", current: "Now", upcoming: "Still to come" };

export function TrackerPanel({ tracker }: { tracker: Tracker }) {
  const { holder } = tracker;
  const phones = [
    holder?.phone && `${holder.name}: ${holder.phone}`,
    holder?.out_of_hours_phone && `out of hours ${holder.out_of_hours_phone}`,
  ].filter(Boolean);
  return (
    <section class="app-tracker" aria-label="Where this referral is">
      <p class="app-tracker__sentence">{tracker.sentence}</p>
      {phones.length > 0 && <p>{phones.join(", ")}</p>}
      {tracker.steps.length > 0 && (
        <ol class="app-steps">
          {tracker.steps.map((step) => (
            <li
              key={step.name}
              class={`app-steps__step app-steps__step--${step.state}`}
              aria-current={step.state === "current" ? "step" : undefined}
            >
              <span class="govuk-visually-hidden">{STEP_WORDS[step.state]}: </span>
              <span class="app-steps__label">{step.label}</span>
              {step.at && <span class="app-quiet app-block">{dateTimeText(step.at)}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
