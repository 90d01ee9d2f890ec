/** What two people changed in one form at once, answer by answer: nobody's words are overwritten unseen. */
import type { Difference } from "../api/client";
import type { Field, Value, Values } from "../api/types";
import { isEmpty } from "./answers";
import { mergeLists } from "./merge_lists";

/** An answer that both changed, each to something else. */
export interface Clash extends Difference {
  mine: Value;
}

export interface Merged {
  values: Values;
  /** What the other changed and I did not: it stands in the form now. */
  taken: string[];
  clashes: Clash[];
}

export type Keep = "mine" | "theirs" | "both";

const same = (one: Value | undefined, other: Value | undefined): boolean =>
  (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other);

/** The parts of a name: an answer of an inner form stands within the answer to the form's one question. */
function placeOf(name: string): [string, string | null] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name, null] : [name.slice(0, dot), name.slice(dot + 1)];
}

const innerOf = (values: Values, outer: string) => (values[outer] ?? {}) as Values;

export function answerAt(values: Values, name: string): Value | undefined {
  const [outer, inner] = placeOf(name);
  return inner === null ? values[outer] : innerOf(values, outer)[inner];
}

export function withAnswer(values: Values, name: string, value: Value): Values {
  const [outer, inner] = placeOf(name);
  return { ...values, [outer]: inner === null ? value : { ...innerOf(values, outer), [inner]: value } };
}

/** What each changed alone is joined without asking; what both changed differently stays as I wrote it, to be chosen. */
export function mergeAnswers(values: Values, differs: Difference[]): Merged {
  const merged: Merged = { values, taken: [], clashes: [] };
  for (const one of differs) mergeAnswer(merged, one);
  return merged;
}

function mergeAnswer(merged: Merged, differs: Difference): void {
  const { name, was, now } = differs;
  // Of an inner form only what somebody changed is there: the rest is read from the record.
  if (isNotThere(merged.values, name)) {
    merged.taken.push(name);
    return;
  }
  const mine = answerAt(merged.values, name) ?? null;
  if (same(mine, now)) return;
  const joined = same(mine, was) ? now : mergeLists(was, mine, now);
  // No list can be joined to nothing: null is only what the other took out, or what has to be chosen.
  if (joined === null && !same(mine, was)) {
    merged.clashes.push({ ...differs, mine });
    return;
  }
  merged.values = withAnswer(merged.values, name, joined);
  merged.taken.push(name);
}

function isNotThere(values: Values, name: string): boolean {
  const [outer, inner] = placeOf(name);
  return inner !== null && !(inner in innerOf(values, outer));
}

/** Whether both can stand: texts one beneath the other, and all that either chose. */
export const canKeepBoth = ({ kind }: Field, { mine, now }: Clash): boolean =>
  (kind === "long_text" || kind === "choices") && !isEmpty(mine) && !isEmpty(now);

export function kept({ mine, now }: Clash, keep: Keep): Value {
  if (keep === "mine") return mine;
  if (keep === "theirs") return now;
  if (Array.isArray(mine) && Array.isArray(now)) return [...mine, ...now.filter((one) => !mine.includes(one))];
  return `${mine}\n\n${now}`;
}
