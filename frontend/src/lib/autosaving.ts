/** Autosave for a form on a page of its own: saved on leaving and when the tab is hidden, with a warning while not. */
import { useEffect, useMemo } from "preact/hooks";
import { ApiError, send } from "../api/client";
import type { Answer } from "../api/types";
import { Autosave, type SaveResult } from "./autosave";

export function useAutosaving<R extends SaveResult>(
  path: string,
  answers: Record<string, Answer> | undefined,
  onSaved: (saved: R) => void,
): Autosave<R> {
  const autosave = useMemo(
    () =>
      new Autosave<R>({
        send: (changes, keepalive) => send<R>("PATCH", path, { body: { answers: changes }, keepalive }),
        onSaved,
        mayRetry: (failure) => failure instanceof ApiError && failure.mayRetry,
      }),
    [path],
  );
  useEffect(() => {
    if (answers) autosave.refresh(answers);
  }, [autosave, answers]);
  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === "hidden") void autosave.flush(true);
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (autosave.hasUnsaved) event.preventDefault();
    };
    document.addEventListener("visibilitychange", onHidden);
    addEventListener("beforeunload", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      removeEventListener("beforeunload", onLeave);
      void autosave.flush();
    };
  }, [autosave]);
  return autosave;
}
