/** The sessions of an intervention: those ahead first, then what happened, each with what can be done about it. */
import type { HeldSession } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { optionPath } from "../../ui/options";
import { Listing } from "../../ui/rows";

export function Sessions({ id }: { id: string }) {
  const list = useRows<HeldSession>(`interventions/${id}/sessions/`);
  return (
    <Listing list={list} empty={<p>Sessions that are planned or over stand here.</p>}>
      {(sessions) => (
        <div class="moj-timeline">
          {sessions.map((session) => (
            <Entry key={session.id} session={session} back={`/interventions/${id}`} />
          ))}
        </div>
      )}
    </Listing>
  );
}

const head = ({ outcome_label: outcome, state_label: state }: HeldSession) => outcome || state;

function Entry({ session, back }: { session: HeldSession; back: string }) {
  const at = session.happened_at ?? session.planned_at;
  const facts = [
    session.mode_label,
    session.in_group && "In a group",
    session.minutes && `${session.minutes} minutes`,
    session.people.length > 0 && `With: ${session.people.join(", ").toLowerCase()}`,
    session.is_correction && "Corrected",
    session.moved_words && `Moved. ${session.moved_words}`,
  ].filter(Boolean);
  return (
    <div class="moj-timeline__item">
      <div class="moj-timeline__header">
        <h3 class="moj-timeline__title">{head(session)}</h3>
        <p class="moj-timeline__byline">
          {" "}
          by {session.by}, {session.agency}
        </p>
      </div>
      <p class="moj-timeline__date">{at && <time dateTime={at}>{dateTimeText(at)}</time>}</p>
      <div class="moj-timeline__description">
        <p class="app-quiet">{facts.join(" · ")}</p>
        {session.goals.map((words) => (
          <p key={words}>Towards: “{words}”</p>
        ))}
        {session.not_held_words && <p>Why: {session.not_held_words}</p>}
        {session.worked_on && <p>Worked on: {session.worked_on}</p>}
        {session.child_feedback && <p class="app-answer">The child said: {session.child_feedback}</p>}
        {session.text && <p class="app-answer">{session.text}</p>}
        {session.concern_label && (
          <p class="govuk-inset-text app-answer">
            {session.concern_label}: {session.concern_text}{" "}
            {session.concern_passed_on ? "The lead practitioner has it." : "It goes to the lead practitioner now."}
          </p>
        )}
        <p>
          {session.options.map((option) => (
            <span key={option.name}>
              <a href={optionPath(option, back)}>
                {option.label}
                {at && <span class="govuk-visually-hidden">, {dateTimeText(at)}</span>}
              </a>{" "}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
