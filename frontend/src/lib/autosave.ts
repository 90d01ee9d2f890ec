/** Saves changed answers soon after typing stops: one request at a time, retried, never losing what was typed. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Answer, Value, Values } from "../api/types";

export interface SaveResult {
  answers: Record<string, Answer>;
  conflicts: Record<string, Answer & { by: string }>;
}

export interface Conflict {
  mine: Value;
  theirs: Value;
  rev: number;
  at: string;
  by: string;
}

export type SaveStatus = "idle" | "unsaved" | "saving" | "saved" | "retrying" | "refused";

type Changes = Record<string, { value: Value; base_rev: number }>;

export interface AutosaveOptions<R extends SaveResult> {
  send: (changes: Changes, keepalive: boolean) => Promise<R>;
  onSaved: (result: R) => void;
  /** Whether trying the same again may help (no connection, busy server). */
  mayRetry: (error: unknown) => boolean;
  delayMs?: number;
}

export interface Autosave {
  set: (field: string, value: Value) => void;
  learn: (answers: Record<string, Answer>) => void;
  flush: (keepalive?: boolean) => Promise<boolean>;
  resolve: (field: string, keep: "mine" | "theirs") => void;
  /** Saves nothing more: the draft is gone or another person has signed in. */
  stop: () => void;
  values: ReadonlySignal<Values>;
  status: ReadonlySignal<SaveStatus>;
  error: ReadonlySignal<unknown>;
  conflicts: ReadonlySignal<Record<string, Conflict>>;
  hasUnsaved: () => boolean;
}

const DELAY_MS = 1_500;
const RETRIES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

export const sameValue = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export function createAutosave<R extends SaveResult>(options: AutosaveOptions<R>): Autosave {
  const saved = signal<Record<string, Answer>>({});
  const typed = signal<Values>({});
  const conflicts = signal<Record<string, Conflict>>({});
  const status = signal<SaveStatus>("idle");
  const error = signal<unknown>(null);
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: Promise<boolean> | null = null;
  let failures = 0;

  const values = computed<Values>(() => {
    const stored = Object.entries(saved.value).map(([field, answer]) => [field, answer.value] as const);
    return { ...Object.fromEntries(stored), ...typed.value };
  });

  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  function set(field: string, value: Value): void {
    typed.value = { ...typed.value, [field]: value };
    pending.add(field);
    if (status.value !== "saving" && status.value !== "retrying") status.value = "unsaved";
    schedule(options.delayMs ?? DELAY_MS);
  }

  function learn(answers: Record<string, Answer>): void {
    saved.value = { ...saved.value, ...answers };
  }

  function take(): Changes {
    const fields = [...pending].filter((field) => !(field in conflicts.value));
    for (const field of fields) pending.delete(field);
    return Object.fromEntries(
      fields.map((field) => [field, { value: typed.value[field] ?? null, base_rev: saved.value[field]?.rev ?? 0 }]),
    );
  }

  /** What was sent and not typed over meanwhile is the server's now. */
  function settle(changes: Changes, result: R): void {
    const open = { ...conflicts.value };
    const left = { ...typed.value };
    for (const [field, change] of Object.entries(changes)) {
      const theirs = result.conflicts[field];
      if (theirs && !sameValue(theirs.value, change.value)) {
        const mine = left[field] ?? change.value;
        open[field] = { mine, theirs: theirs.value, rev: theirs.rev, at: theirs.at, by: theirs.by };
        continue;
      }
      // A retry of a save that had arrived meets its own value: that is no conflict.
      if (theirs) learn({ [field]: theirs });
      if (!pending.has(field)) delete left[field];
    }
    learn(result.answers);
    typed.value = left;
    conflicts.value = open;
    options.onSaved(result);
  }

  async function attempt(changes: Changes, keepalive: boolean): Promise<boolean> {
    status.value = failures > 0 ? "retrying" : "saving";
    try {
      settle(changes, await options.send(changes, keepalive));
      failures = 0;
      error.value = null;
      status.value = pending.size > 0 ? "unsaved" : "saved";
      return true;
    } catch (failure) {
      for (const field of Object.keys(changes)) pending.add(field);
      error.value = failure;
      if (options.mayRetry(failure)) {
        const wait = RETRIES_MS[Math.min(failures, RETRIES_MS.length - 1)] as number;
        failures += 1;
        status.value = "retrying";
        schedule(wait);
      } else {
        failures = 0;
        status.value = "refused";
      }
      return false;
    }
  }

  /** Saves all that is typed; answers false when something could not be saved. */
  async function flush(keepalive = false): Promise<boolean> {
    clearTimeout(timer);
    while (inFlight) if (!(await inFlight)) return false;
    const changes = take();
    if (Object.keys(changes).length === 0) return true;
    inFlight = attempt(changes, keepalive).finally(() => {
      inFlight = null;
    });
    const done = await inFlight;
    return done && pending.size > 0 ? flush(keepalive) : done;
  }

  function resolve(field: string, keep: "mine" | "theirs"): void {
    const conflict = conflicts.value[field];
    if (!conflict) return;
    learn({ [field]: { value: conflict.theirs, rev: conflict.rev, at: conflict.at } });
    const { [field]: _, ...open } = conflicts.value;
    conflicts.value = open;
    if (keep === "mine") {
      set(field, typed.value[field] ?? conflict.mine);
      return;
    }
    pending.delete(field);
    const { [field]: __, ...left } = typed.value;
    typed.value = left;
  }

  function stop(): void {
    clearTimeout(timer);
    pending.clear();
  }

  const hasUnsaved = () => pending.size > 0 || inFlight !== null || Object.keys(conflicts.value).length > 0;
  return { set, learn, flush, resolve, stop, values, status, error, conflicts, hasUnsaved };
}
