/** Options are what the server says: a link to a page of their own, with the hint or with what stands in the way. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import type { Option } from "../../src/api/types";
import { Options, optionPath } from "../../src/ui/options";

afterEach(cleanup);

const option = (given: Partial<Option>): Option => ({
  name: "start_triage",
  label: "Start triage",
  hint: "Says that you are looking at it.",
  obstacles: [],
  url: "/api/v1/referrals/1/start-triage/",
  input: [],
  tells: [],
  kind: "edge",
  needs_second_person: "",
  ...given,
});

it("has a page of its own beside the record it acts on", () => {
  expect(optionPath(option({}))).toBe("/referrals/1/do/start_triage");
  const cancel = option({ name: "cancel", url: "/api/v1/information-requests/7/cancel/" });
  expect(optionPath(cancel, "/referrals/1")).toBe("/information-requests/7/do/cancel?back=%2Freferrals%2F1");
});

it("shows the hint, or what stands in the way instead", () => {
  render(<Options options={[option({}), option({ name: "told", label: "Tell", obstacles: ["Not decided yet."] })]} />);
  expect(screen.getByRole("link", { name: "Start triage" })).toBeTruthy();
  expect(screen.getByText("Says that you are looking at it.")).toBeTruthy();
  expect(screen.getByText("Not yet: Not decided yet.")).toBeTruthy();
});

it("leads to all that can be done: an edge, what is added, what is put right", () => {
  const addition = option({ name: "write_note", label: "Record a visit", kind: "addition" });
  const act = option({ name: "correct", label: "Correct it", kind: "command" });
  render(<Options options={[addition, option({}), act]} />);
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
    "Record a visit",
    "Start triage",
    "Correct it",
  ]);
});

it("says nothing when nothing can be done", () => {
  render(<Options options={[]} />);
  expect(screen.queryByRole("navigation")).toBeNull();
});
