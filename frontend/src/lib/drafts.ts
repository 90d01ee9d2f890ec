/** The drafts open in this tab: their sections, answers and autosave outlive the pages that show them. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ApiError, get, send } from "../api/client";
import type { Draft, DraftSaved } from "../api/types";
import { Autosave } from "./autosave";

export interface OpenDraft {
  id: string;
  draft: ReadonlySignal<Draft | null>;
  error: ReadonlySignal<unknown>;
  autosave: Autosave<DraftSaved>;
  load: () => Promise<void>;
}

const open = new Map<string, OpenDraft>();

function merge(draft: Draft, saved: DraftSaved): Draft {
  const changed = new Map(saved.sections.map((section) => [section.name, section]));
  return {
    ...draft,
    rev: saved.rev,
    saved_at: saved.saved_at,
    sections: draft.sections.map((section) => ({ ...section, ...changed.get(section.name) })),
    can_submit: saved.can_submit,
    problems: saved.problems,
    stop: saved.stop,
  };
}

function create(id: string): OpenDraft {
  const draft = signal<Draft | null>(null);
  const error = signal<unknown>(null);
  const path = `referrals/${id}/draft/`;
  const autosave = new Autosave<DraftSaved>({
    send: (answers, keepalive) => send<DraftSaved>("PATCH", path, { body: { answers }, keepalive }),
    onSaved: (saved) => {
      if (draft.value) draft.value = merge(draft.value, saved);
    },
    mayRetry: (failure) => failure instanceof ApiError && failure.mayRetry,
  });
  const load = async () => {
    try {
      const loaded = await get<Draft>(path);
      autosave.refresh(loaded.answers);
      draft.value = loaded;
      error.value = null;
    } catch (failure) {
      error.value = failure;
      // Once it was sent or given up, what is in memory is no draft any more.
      if (failure instanceof ApiError && !failure.mayRetry) draft.value = null;
    }
  };
  return { id, draft, error, autosave, load };
}

export function openDraft(id: string): OpenDraft {
  let found = open.get(id);
  if (!found) {
    found = create(id);
    open.set(id, found);
  }
  return found;
}

/** Reads the draft when a page of it opens. */
export function useDraft(id: string): OpenDraft {
  const found = useMemo(() => openDraft(id), [id]);
  useEffect(() => {
    void found.load();
  }, [found]);
  return found;
}

export async function saveDrafts(keepalive = false): Promise<void> {
  await Promise.all([...open.values()].map((draft) => draft.autosave.flush(keepalive)));
}

export function forgetDrafts(): void {
  for (const draft of open.values()) draft.autosave.stop();
  open.clear();
}

export function forgetDraft(id: string): void {
  open.get(id)?.autosave.stop();
  open.delete(id);
}

const hasUnsaved = () => [...open.values()].some((draft) => draft.autosave.hasUnsaved);

/** Saves when the tab is hidden, and warns on closing it only while something is not saved. */
export function guardDrafts(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void saveDrafts(true);
  });
  addEventListener("beforeunload", (event) => {
    if (hasUnsaved()) event.preventDefault();
  });
}
