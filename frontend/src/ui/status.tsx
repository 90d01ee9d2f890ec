/** States, urgency and clocks, told by words first and colour second. */
import type { Clock, Rag } from "../api/types";
import { dateTimeText, timeLeft } from "../lib/format";
import { now } from "../lib/now";

const TAG: Record<Rag, string> = {
  red: "govuk-tag govuk-tag--red",
  amber: "govuk-tag govuk-tag--yellow",
  green: "govuk-tag govuk-tag--green",
  none: "govuk-tag govuk-tag--grey",
};

export function StateTag({ label }: { label: string }) {
  return <strong class="govuk-tag app-tag">{label}</strong>;
}

/** How soon help is needed, as somebody has decided it; nothing where nobody has. */
export function PriorityTag({ priority, label }: { priority: Rag; label: string }) {
  return label ? <strong class={`${TAG[priority]} app-tag`}>Priority {label.toLowerCase()}</strong> : null;
}

export function UrgentTag({ urgent }: { urgent: boolean }) {
  return urgent ? <strong class="govuk-tag govuk-tag--red app-tag">Urgent</strong> : null;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How long is left, or by how much it is late. */
export function Countdown({ dueAt, rag }: { dueAt: string | null; rag: Rag }) {
  if (!dueAt) return null;
  const words = timeLeft(dueAt, now.value);
  return <strong class={`${TAG[rag]} app-tag`}>{rag === "amber" ? `Due soon, ${words}` : capital(words)}</strong>;
}

const ENDED: Partial<Record<Clock["state"], string>> = {
  met: "Done in time",
  met_late: "Done late",
  paused: "Paused",
  stopped: "Stopped",
};

/** Clocks that run, or are held, first; those that are over behind a fold. */
export function ClockList({ clocks }: { clocks: Clock[] }) {
  const over = clocks.filter(({ state }) => state === "met" || state === "met_late" || state === "stopped");
  const running = clocks.filter((clock) => !over.includes(clock));
  return (
    <>
      <Clocks clocks={running} />
      {over.length > 0 && (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">Clocks that are over</span>
          </summary>
          <div class="govuk-details__text">
            <Clocks clocks={over} />
          </div>
        </details>
      )}
    </>
  );
}

function Clocks({ clocks }: { clocks: Clock[] }) {
  if (clocks.length === 0) return null;
  return (
    <ul class="govuk-list app-clocks">
      {clocks.map((clock) => (
        <li key={clock.kind + clock.due_at}>
          <span class="app-clocks__label">{clock.label}</span>
          {ENDED[clock.state] ? (
            <strong class="govuk-tag govuk-tag--grey app-tag">{ENDED[clock.state]}</strong>
          ) : (
            <Countdown dueAt={clock.due_at} rag={clock.rag} />
          )}
          <span class="app-quiet">
            {clock.met_at ? `Done ${dateTimeText(clock.met_at)}` : `Due ${dateTimeText(clock.due_at)}`}
          </span>
          {clock.note && <span class="app-quiet">{clock.note}</span>}
        </li>
      ))}
    </ul>
  );
}
