/** Who holds the referral, what is next, by when, and how far along it is. */
import type { Tracker } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { telephone } from "../../ui/phones";

function Call({ label, number }: { label: string; number: string }) {
  if (!number) return null;
  return (
    <span class="app-call">
      {label}: <a href={telephone(number)}>{number}</a>
    </span>
  );
}

const STEP_WORDS = { done: "Done", current: "Now", upcoming: "Still to come" };

export function TrackerPanel({ tracker }: { tracker: Tracker }) {
  const { holder } = tracker;
  return (
    <section class="app-tracker" aria-label="Where this referral is">
      <p class="app-tracker__sentence">{tracker.sentence}</p>
      <p>
        <Call label={holder.name} number={holder.phone} />
        <Call label="Out of hours" number={holder.out_of_hours_phone} />
      </p>
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
