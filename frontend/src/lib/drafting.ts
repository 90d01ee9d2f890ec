/** A form of one's own, kept as it is typed: the answers so far come back in any tab and on any device. */
import { useEffect, useState } from "preact/hooks";
import { get, send } from "../api/client";
import type { Typed, TypedSaved } from "../api/types";
import type { Autosave } from "./autosave";
import { useAutosaving } from "./autosaving";

export interface Drafting {
  autosave: Autosave<TypedSaved>;
  savedAt: string | null;
  /** Whether it has been asked what was typed before, answer or none. */
  isRead: boolean;
  /** Whoever left it behind, where it was passed on. */
  begunBy: string;
  discard: () => Promise<void>;
}

/** `url` is where the server keeps what is typed; null for a form of which nothing is kept. */
export function useDrafting(url: string): Drafting | null {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [isRead, setRead] = useState(false);
  const autosave = useAutosaving<TypedSaved>(url, typed?.answers, (saved) => setSavedAt(saved.saved_at));
  useEffect(() => {
    if (!url) return;
    const show = (found: Typed) => {
      setTyped(found);
      setSavedAt((at) => at ?? found.saved_at);
    };
    // Unread, it stays where it is: what is typed over it meanwhile comes back as a choice between the two.
    const read = get<Typed>(url).then(show, () => undefined);
    void read.then(() => setAsked(true));
  }, [url]);
  // Only when the answers stand in the form: autosaving has put them there in an effect of its own, before this one.
  useEffect(() => setRead(isAsked), [isAsked]);
  if (!url) return null;
  const discard = async () => {
    autosave.stop();
    await send("DELETE", url);
  };
  return { autosave, savedAt, isRead, begunBy: typed?.begun_by ?? "", discard };
}
