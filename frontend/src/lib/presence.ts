/** Tells the server that this person has a record open, and hears who else has, while they are there and doing something. */
import { useEffect, useState } from "preact/hooks";
import { send } from "../api/client";
import type { Presence } from "../api/types";

/** The server takes somebody to be there for three times as long (backend/presence/rules.py). */
const BEAT_MS = 20_000;
/** Without activity nothing is told: presence must never keep somebody signed in who has gone for a walk. */
const ACTIVE_MS = 60_000;
const ACTIVITY = ["keydown", "pointerdown", "pointermove", "scroll"] as const;

export type Others = Presence["others"];

let activeAt = Date.now();
for (const name of ACTIVITY) addEventListener(name, () => (activeAt = Date.now()), { passive: true });

const isHere = () => document.visibilityState === "visible" && Date.now() - activeAt < ACTIVE_MS;

/** Who else has the record open; nobody while it is not known. */
export function useOthers(root: string, isWriting: boolean): Others {
  const [others, setOthers] = useState<Others>([]);
  useEffect(() => {
    let gone = false;
    const beat = async () => {
      if (!isHere()) return;
      try {
        const answer = await send<Presence>("POST", `presence/${root}/`, {
          body: { is_writing: isWriting },
          reauthenticate: false,
        });
        if (!gone) setOthers(answer.others);
      } catch {
        // Nothing that anybody came here for depends on it.
        if (!gone) setOthers([]);
      }
    };
    activeAt = Date.now();
    void beat();
    const timer = setInterval(() => void beat(), BEAT_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [root, isWriting]);
  return others;
}
