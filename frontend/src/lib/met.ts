/** What somebody else changed in the form that one fills in: joined as far as it can be, and what is left to choose. */
import { useState } from "preact/hooks";
import type { Difference } from "../api/client";
import type { Values } from "../api/types";
import type { Clash, Keep } from "./merging";

export interface Met {
  clashes: Clash[];
  /** What has been chosen so far, by the name of the answer. */
  chosen: Record<string, Keep>;
  /** The answers that only the other changed. */
  taken: string[];
}

export interface Meeting {
  met: Met;
  /** Whether an answer that both changed has still to be chosen. */
  waits: boolean;
  meet: (differs: Difference[]) => Promise<void>;
  choose: (clash: Clash, keep: Keep) => Promise<void>;
}

const NOBODY: Met = { clashes: [], chosen: {}, taken: [] };

/** How it is joined, fetched only when two people have met. */
const merging = () => import("./merging");

/** `typed` are the answers as they are now, `replace` puts others in their place. */
export function useMet(typed: { current: Values }, replace: (values: Values) => void): Meeting {
  const [met, setMet] = useState(NOBODY);
  return {
    met,
    waits: met.clashes.some(({ name }) => !met.chosen[name]),
    meet: async (differs) => {
      setMet(NOBODY);
      if (differs.length === 0) return;
      const { values, taken, clashes } = (await merging()).mergeAnswers(typed.current, differs);
      replace(values);
      setMet({ clashes, chosen: {}, taken });
    },
    choose: async (clash, keep) => {
      const { kept, withAnswer } = await merging();
      replace(withAnswer(typed.current, clash.name, kept(clash, keep)));
      setMet((old) => ({ ...old, chosen: { ...old.chosen, [clash.name]: keep } }));
    },
  };
}
