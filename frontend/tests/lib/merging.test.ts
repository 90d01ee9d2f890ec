import { describe, expect, it } from "vitest";
import type { Difference } from "../../src/api/client";
import type { Value, Values } from "../../src/api/types";
import { answerAt, canKeepBoth, type Keep, kept, mergeAnswers, withAnswer } from "../../src/lib/merging";
import { field } from "../fields";

const NAMES = ["words", "whose", "answers.level"];
const SAID: Value[] = [null, "", "one", "two", "three"];

/** Numbers as if by chance, the same in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const any = (next: (below: number) => number): Value => SAID[next(SAID.length)] as Value;
const empty = (value: Value | undefined) => value ?? "";

/** What somebody began with, typed over it, and what another made of it meanwhile. */
function made(seed: number) {
  const next = chance(seed);
  const differs: Difference[] = NAMES.map((name) => ({ name, was: any(next), now: any(next) })).filter(
    ({ was, now }) => empty(was) !== empty(now),
  );
  let values: Values = { reason: "Mine alone" };
  for (const { name, was } of differs) {
    // Of an inner form only what was changed is there.
    if (!name.includes(".")) values = withAnswer(values, name, was);
    if (next(2)) values = withAnswer(values, name, any(next));
  }
  return { values, differs };
}

describe("mergeAnswers, whatever two people do to one form", () => {
  const runs = [...Array(600).keys()].map((seed) => ({ ...made(seed), seed }));

  it("loses nothing that was typed: it stands in the form, or beside the other's to be chosen", () => {
    for (const { values, differs, seed } of runs) {
      const merged = mergeAnswers(values, differs);
      expect(merged.values.reason).toBe("Mine alone");
      for (const { name, was, now } of differs) {
        const mine = answerAt(values, name);
        const typed = mine !== undefined && empty(mine) !== empty(was);
        const stands = answerAt(merged.values, name);
        const clash = merged.clashes.find((one) => one.name === name);
        if (typed) expect([seed, name, empty(stands)]).toEqual([seed, name, empty(mine)]);
        expect([seed, name, clash !== undefined]).toEqual([seed, name, typed && empty(mine) !== empty(now)]);
      }
    }
  });

  it("overwrites nothing of the other unseen: it is taken, agreed with, or shown to be chosen", () => {
    for (const { values, differs, seed } of runs) {
      const { values: after, taken, clashes } = mergeAnswers(values, differs);
      for (const { name, now } of differs) {
        const stands = answerAt(after, name);
        const isRead = stands === undefined;
        const isTheirs = isRead || empty(stands) === empty(now);
        expect([seed, name, isTheirs || clashes.some((one) => one.name === name)]).toEqual([seed, name, true]);
        if (taken.includes(name)) expect([seed, isTheirs]).toEqual([seed, true]);
      }
    }
  });

  it("ends with what stands now for whoever takes the other's words everywhere", () => {
    for (const { values, differs, seed } of runs) {
      const { values: merged, clashes } = mergeAnswers(values, differs);
      const after = clashes.reduce((so, one) => withAnswer(so, one.name, kept(one, "theirs")), merged);
      for (const { name, now } of differs) {
        const stands = answerAt(after, name);
        expect([seed, name, empty(stands === undefined ? now : stands)]).toEqual([seed, name, empty(now)]);
      }
    }
  });
});

describe("one answer", () => {
  const differs = [{ name: "words", was: "To sleep", now: "To sleep at home" }];

  it("that I left alone is theirs, one that I emptied is a choice", () => {
    expect(mergeAnswers({ words: "To sleep" }, differs)).toEqual({
      values: { words: "To sleep at home" },
      taken: ["words"],
      clashes: [],
    });
    expect(mergeAnswers({ words: "" }, differs).clashes).toEqual([{ ...differs[0], mine: "" }]);
  });

  it("that they emptied and I left alone is empty", () => {
    const emptied = [{ name: "number", was: "07700 900123", now: null }];
    expect(mergeAnswers({ number: "07700 900123" }, emptied).values).toEqual({ number: null });
  });

  it("that is a list holds what each of us added to it", () => {
    const [mum, dad, nan] = [{ name: "Mum" }, { name: "Dad" }, { name: "Nan" }];
    const added = [{ name: "adults", was: [mum], now: [mum, nan] }];
    expect(mergeAnswers({ adults: [mum, dad] }, added).values).toEqual({ adults: [mum, dad, nan] });
  });

  it("is chosen, and two texts can both stand", () => {
    const clash = { name: "words", was: "a", now: "theirs", mine: "mine" };
    const choose = (keep: Keep) => kept(clash, keep);
    expect([choose("mine"), choose("theirs"), choose("both")]).toEqual(["mine", "theirs", "mine\n\ntheirs"]);
    expect(kept({ ...clash, mine: ["a", "b"], now: ["b", "c"] }, "both")).toEqual(["a", "b", "c"]);
    expect(canKeepBoth(field({ name: "words", kind: "long_text" }), clash)).toBe(true);
    expect(canKeepBoth(field({ name: "words", kind: "date" }), clash)).toBe(false);
    expect(canKeepBoth(field({ name: "words", kind: "long_text" }), { ...clash, now: null })).toBe(false);
  });
});
