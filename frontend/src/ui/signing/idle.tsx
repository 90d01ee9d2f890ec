/** Warns before the session ends for want of activity, and lets the person stay without leaving the page. */
import { useEffect, useRef, useState } from "preact/hooks";
import { extend, lastAnswerAt, session, signInInPlace } from "../../session";
import { Dialog } from "../dialog";

const MINUTE = 60_000;
const WARN_BEFORE = 2 * MINUTE;
const LOOK_EVERY = 5_000;
const ACTIVITY = ["keydown", "pointerdown", "scroll"] as const;

/** When the person last did anything here, without drawing anything anew. */
function useActivity() {
  const at = useRef(Date.now());
  useEffect(() => {
    const mark = () => {
      at.current = Date.now();
    };
    for (const name of ACTIVITY) addEventListener(name, mark, { passive: true });
    return () => {
      for (const name of ACTIVITY) removeEventListener(name, mark);
    };
  }, []);
  return at;
}

export function IdleWarning() {
  const activity = useActivity();
  const [minutesLeft, setMinutesLeft] = useState<number | null>(null);
  const allowed = (session.value?.idle_minutes ?? 15) * MINUTE;

  useEffect(() => {
    const look = () => {
      const quiet = Date.now() - lastAnswerAt.peek();
      const left = allowed - quiet;
      const active = Date.now() - activity.current < quiet / 2;
      if (left <= 0) {
        setMinutesLeft(null);
        void signInInPlace();
      } else if (active && quiet > allowed / 3) {
        extend().catch(() => {});
      } else {
        setMinutesLeft(left < WARN_BEFORE ? Math.ceil(left / MINUTE) : null);
      }
    };
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [allowed, activity]);

  if (minutesLeft === null) return null;
  const stay = () => {
    setMinutesLeft(null);
    extend().catch(() => {});
  };
  return (
    <Dialog title="You will be signed out soon" onDismiss={stay}>
      <p>
        For the children's privacy we sign you out in {minutesLeft === 1 ? "1 minute" : `${minutesLeft} minutes`},
        because nothing has happened here for a while. What you have typed is kept.
      </p>
      <button type="button" class="govuk-button" onClick={stay}>
        Stay signed in
      </button>
    </Dialog>
  );
}
