/** Says whether what was typed is saved: calmly, and only when that changes. */
import type { Autosave, SaveStatus } from "../lib/autosave";
import { explain } from "../lib/explain";
import { clockTime } from "../lib/format";

function words(status: SaveStatus, savedAt: string | null): string {
  if (status === "retrying") return "Not saved yet. We keep trying; you can go on typing.";
  if (status === "unsaved" || status === "saving") return "Saving…";
  return savedAt ? `Saved at ${clockTime(savedAt)}` : "";
}

export function Saved({ autosave, savedAt }: { autosave: Pick<Autosave, "status" | "error">; savedAt: string | null }) {
  const status = autosave.status.value;
  const text = status === "refused" ? explain(autosave.error.value).join(" ") : words(status, savedAt);
  const worrying = status === "refused" || status === "retrying";
  return (
    <p class={`app-saved${worrying ? " app-saved--not" : ""}`} role="status">
      {text}
    </p>
  );
}
