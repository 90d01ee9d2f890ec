/** Saves changed answers soon after typing stops: one request at a time, retried, never losing what was typed. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Answer, Value, Values } from "../api/types";
import { mergeLists } from "./merge_lists";

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
}

const DELAY_MS = 1_500;
const RETRIES_MS = [2_000, 4_000, 8_000, 15_000, 30_000];

export const sameValue = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const fieldsWithout = <T>(fields: Record<string, T>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));

export class Autosave<R extends SaveResult = SaveResult> {
  readonly status = signal<SaveStatus>("idle");
  readonly error = signal<unknown>(null);
  readonly conflicts = signal<Record<string, Conflict>>({});
  /** The answers as the person sees them: what is saved, with what is typed over it. */
  readonly values: ReadonlySignal<Values>;

  private readonly saved = signal<Record<string, Answer>>({});
  private readonly typed = signal<Values>({});
  private readonly pending = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight: Promise<boolean> | null = null;
  private failures = 0;

  constructor(private readonly options: AutosaveOptions<R>) {
    this.values = computed(() => {
      const stored = Object.entries(this.saved.value).map(([field, answer]) => [field, answer.value] as const);
      return { ...Object.fromEntries(stored), ...this.typed.value };
    });
  }

  get hasUnsaved(): boolean {
    return this.pending.size > 0 || this.inFlight !== null || Object.keys(this.conflicts.value).length > 0;
  }

  set(field: string, value: Value): void {
    this.typed.value = { ...this.typed.value, [field]: value };
    this.pending.add(field);
    if (this.status.value !== "saving" && this.status.value !== "retrying") this.status.value = "unsaved";
    this.schedule(DELAY_MS);
  }

  /** Takes over what the server has, but not under what is being typed: that would hide a change by another tab. */
  refresh(answers: Record<string, Answer>): void {
    const untouched = Object.entries(answers).filter(([field]) => !(field in this.typed.value));
    this.learn(Object.fromEntries(untouched));
  }

  /** Saves all that is typed; answers false when something could not be saved. */
  async flush(keepalive = false): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.inFlight) if (!(await this.inFlight)) return false;
    const changes = this.take();
    if (Object.keys(changes).length === 0) return true;
    this.inFlight = this.attempt(changes, keepalive).finally(() => {
      this.inFlight = null;
    });
    const done = await this.inFlight;
    return done && this.pending.size > 0 ? this.flush(keepalive) : done;
  }

  /** Ends a conflict: mine is saved over theirs, or theirs takes its place. */
  resolve(field: string, keep: "mine" | "theirs"): void {
    const conflict = this.conflicts.value[field];
    if (!conflict) return;
    this.learn({ [field]: { value: conflict.theirs, rev: conflict.rev, at: conflict.at } });
    this.conflicts.value = fieldsWithout(this.conflicts.value, field);
    if (keep === "mine") {
      this.set(field, this.typed.value[field] ?? conflict.mine);
    } else {
      this.pending.delete(field);
      this.typed.value = fieldsWithout(this.typed.value, field);
    }
  }

  /** Saves nothing more: the draft is gone or another person has signed in. */
  stop(): void {
    clearTimeout(this.timer);
    this.pending.clear();
  }

  private learn(answers: Record<string, Answer>): void {
    this.saved.value = { ...this.saved.value, ...answers };
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private take(): Changes {
    const fields = [...this.pending].filter((field) => !(field in this.conflicts.value));
    for (const field of fields) this.pending.delete(field);
    return Object.fromEntries(
      fields.map((field) => {
        const change = { value: this.typed.value[field] ?? null, base_rev: this.saved.value[field]?.rev ?? 0 };
        return [field, change];
      }),
    );
  }

  private async attempt(changes: Changes, keepalive: boolean): Promise<boolean> {
    this.status.value = this.failures > 0 ? "retrying" : "saving";
    try {
      const result = await this.options.send(changes, keepalive);
      this.settle(changes, result);
      this.failures = 0;
      this.error.value = null;
      this.status.value = this.pending.size > 0 ? "unsaved" : "saved";
      return true;
    } catch (failure) {
      for (const field of Object.keys(changes)) this.pending.add(field);
      this.recover(failure);
      return false;
    }
  }

  private recover(failure: unknown): void {
    this.error.value = failure;
    if (!this.options.mayRetry(failure)) {
      this.failures = 0;
      this.status.value = "refused";
      return;
    }
    const wait = RETRIES_MS[Math.min(this.failures, RETRIES_MS.length - 1)] as number;
    this.failures += 1;
    this.status.value = "retrying";
    this.schedule(wait);
  }

  /** What was sent and not typed over meanwhile is the server's now. */
  private settle(changes: Changes, result: R): void {
    const open = { ...this.conflicts.value };
    let left = this.typed.value;
    for (const [field, change] of Object.entries(changes)) {
      const theirs = result.conflicts[field];
      if (theirs && !sameValue(theirs.value, change.value)) {
        const now = left[field] ?? change.value;
        const both = mergeLists(this.saved.value[field]?.value, now, theirs.value);
        if (both) {
          this.learn({ [field]: theirs });
          left = { ...left, [field]: both };
          this.pending.add(field);
          continue;
        }
        const { value, rev, at, by } = theirs;
        open[field] = { mine: now, theirs: value, rev, at, by };
        continue;
      }
      // A retry of a save that had arrived meets its own value: that is no conflict.
      if (theirs) this.learn({ [field]: theirs });
      if (!this.pending.has(field)) left = fieldsWithout(left, field);
    }
    this.learn(result.answers);
    this.typed.value = left;
    this.conflicts.value = open;
    this.options.onSaved(result);
  }
}
