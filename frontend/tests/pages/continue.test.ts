/** Going on from a page of the form: whose errors are shown here, and which page comes next. */
import { describe, expect, it } from "vitest";
import type { Draft, DraftSection } from "../../src/api/types";
import { openDraft } from "../../src/lib/drafts";
import { errorsOn, nextPath } from "../../src/pages/refer/continue";
import { field } from "../fields";

const NOW = { name: "now", title: "Now", hint: "", fields: [field({ name: "danger_now", kind: "yes_no" })] };
const CALLED = {
  name: "called",
  title: "Called",
  hint: "",
  fields: [field({ name: "danger_called", show_if: { field: "danger_now", values: [true] } })],
};
const section: DraftSection = {
  name: "danger",
  title: "Danger",
  group: "",
  hint: "",
  status: "incomplete",
  missing: [{ field: "danger_now", sentence: "Say whether the child is in danger." }],
  pages: [NOW, CALLED],
};

describe("errorsOn", () => {
  const draft = (problems: Draft["problems"]): Draft => ({
    rev: 1,
    saved_at: null,
    answers: {},
    sections: [section],
    can_submit: false,
    problems,
    stop: null,
    again: null,
  });
  const problem = (name: string, sentence: string) => ({ field: name, section: "danger", page: "now", sentence });

  it("says each sentence once, and only of what this page asks", () => {
    const same = problem("danger_now", "Say whether the child is in danger.");
    const other = problem("danger_called", "Say who you called.");
    expect(errorsOn(draft([same, other]), section, NOW, {})).toEqual({
      danger_now: ["Say whether the child is in danger."],
    });
  });

  it("keeps the place within a list", () => {
    const page = { ...NOW, fields: [field({ name: "worries", kind: "list" })] };
    const found = errorsOn(draft([problem("worries.1.text", "Say what happened.")]), section, page, {});
    expect(found).toEqual({ "worries.1.text": ["Say what happened."] });
  });
});

describe("nextPath", () => {
  const open = openDraft("1");
  const place = { open, section, page: NOW, from: "" };

  it("goes to the next page that asks something, then to the list of tasks", () => {
    expect(nextPath(place)).toBe("/referrals/1/draft");
    open.autosave.set("danger_now", true);
    expect(nextPath(place)).toBe("/referrals/1/draft/danger/called");
    expect(nextPath({ ...place, page: CALLED })).toBe("/referrals/1/draft");
    open.autosave.stop();
  });

  it("returns to the answers when one of them was changed from there", () => {
    expect(nextPath({ ...place, from: "check" })).toBe("/referrals/1/check");
  });
});
