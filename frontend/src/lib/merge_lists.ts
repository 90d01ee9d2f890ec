/** Merges two versions of a list that were typed at once over the same one, as far as nobody's words are lost. */
import type { Value, Values } from "../api/types";

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const isItem = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether both changed this, and differently. */
const clash = (base: unknown, mine: unknown, theirs: unknown): boolean =>
  !same(mine, theirs) && !same(mine, base) && !same(theirs, base);

/** One thing of the list, part by part; null where both changed the same part. */
function mergeItem(base: Values, mine: Values, theirs: Values): Values | null {
  const merged: Values = {};
  for (const part of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    if (clash(base[part], mine[part], theirs[part])) return null;
    const value = same(mine[part], base[part]) ? theirs[part] : mine[part];
    if (value !== undefined) merged[part] = value;
  }
  return merged;
}

/** Which thing of `other` each thing of `base` became: the same one wherever it stands, else the next that is left. */
function aligned(base: Values[], other: Values[]): number[] {
  const taken = new Set<number>();
  const found = base.map((item, at) => {
    const places = [at, ...other.keys()];
    const place = places.find((one) => one < other.length && !taken.has(one) && same(other[one], item));
    if (place !== undefined) taken.add(place);
    return place;
  });
  return found.map((place) => {
    if (place !== undefined) return place;
    const next = [...other.keys()].find((one) => !taken.has(one)) ?? -1;
    taken.add(next);
    return next;
  });
}

/**
 * The list with what both did, in the order of mine, so that nobody's cursor moves into another thing: changed parts
 * of the same thing, then what the other added. Null when a person has to choose: both changed the same part, or one
 * took something out.
 */
export function mergeLists(base: Value | undefined, mine: Value, theirs: Value): Value[] | null {
  const old = base ?? [];
  if (!Array.isArray(old) || !Array.isArray(mine) || !Array.isArray(theirs)) return null;
  if (!old.every(isItem) || !mine.every(isItem) || !theirs.every(isItem)) return null;
  if (mine.length < old.length || theirs.length < old.length) return null;
  const [here, there] = [aligned(old, mine), aligned(old, theirs)];
  const merged: Value[] = [];
  for (const [at, item] of mine.entries()) {
    const origin = here.indexOf(at);
    const both = origin < 0 ? item : mergeItem(old[origin] as Values, item, theirs[there[origin] as number] as Values);
    if (both === null) return null;
    merged.push(both);
  }
  const added = theirs.filter((item, at) => !there.includes(at) && !merged.some((one) => same(one, item)));
  return [...merged, ...added];
}
