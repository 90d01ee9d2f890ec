/** The page of all goals: one request for all of them, and nothing typed lost when it is refused. */
import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso/router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { GoalNow, GoalsNow } from "../../src/api/types";
import { forgetAll } from "../../src/lib/resource";
import GoalsRoute from "../../src/pages/cases/goals_now";
import { field } from "../fields";

const fetched = vi.fn<typeof fetch>();
let page: GoalsNow;
let refusal: { status: number; body: unknown };

const goal = (id: string, words: string): GoalNow => ({
  id,
  words,
  whose_label: "The child’s",
  first_score: 2,
  last_score: 5,
  last_on: "2026-03-27",
});

const option = {
  name: "score_goals",
  label: "Score or end the goals",
  hint: "Leave out a goal that you did not talk about.",
  kind: "addition" as const,
  obstacles: [],
  url: "/api/v1/cases/1/goals/score/",
  preview_url: "",
  draft_url: "",
  input: [
    field({ name: "score", label: "How near?", kind: "number", required: false }),
    field({ name: "comment", label: "What did they say?", kind: "long_text", required: false }),
  ],
  tells: [],
  needs_second_person: "",
};

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const posts = () => fetched.mock.calls.filter(([address]) => String(address).endsWith("/goals/score/"));
const sent = () => JSON.parse(String(posts().at(-1)?.[1]?.body));
const region = (words: string) => within(screen.getByRole("region", { name: words }));
const type = (words: string, label: string, value: string) =>
  fireEvent.input(region(words).getByLabelText(`${label} (optional)`), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save all goals" }));

beforeEach(() => {
  forgetAll();
  page = {
    id: "1",
    version: 7,
    reference: "C-1",
    goals: [goal("a", "Walk."), goal("b", "Sleep.")],
    score_goals: option,
  };
  fetched.mockReset();
  fetched.mockImplementation(async (address) => {
    if (String(address).endsWith("/goals/score/")) return answer(refusal.status, refusal.body);
    return answer(200, String(address).endsWith("/goals/") ? page : { results: [], others: [] });
  });
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("scrollTo", vi.fn());
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function opened() {
  render(
    <LocationProvider>
      <GoalsRoute params={{ id: "1" }} />
    </LocationProvider>,
  );
  await screen.findByRole("region", { name: "Walk." });
}

it("sends a row for each goal with one version, and keeps what was typed when one is refused", async () => {
  const sentence = "Enter a score from 0 to 10, or choose why there is none.";
  refusal = { status: 400, body: { code: "invalid", reasons: ["x"], fields: { "rows.1.score": [sentence] } } };
  await opened();
  type("Walk.", "How near?", "8");
  type("Sleep.", "What did they say?", "It is quiet now.");
  save();
  await screen.findByRole("alert");
  expect(sent()).toEqual({
    version: 7,
    rows: [
      { goal: "a", score: 8 },
      { goal: "b", comment: "It is quiet now." },
    ],
  });
  expect(region("Sleep.").getByText(sentence)).toBeTruthy();
  expect(screen.getByRole("link", { name: `“Sleep.”: ${sentence}` })).toBeTruthy();
  expect(region("Walk.").queryByText(sentence)).toBeNull();
  expect(region("Sleep.").getByLabelText("What did they say? (optional)")).toHaveProperty("value", "It is quiet now.");
  expect(region("Walk.").getByLabelText("How near? (optional)")).toHaveProperty("value", "8");
});

it("shows what was typed of a goal that somebody else has ended meanwhile, and sends it no more", async () => {
  refusal = {
    status: 409,
    body: { code: "stale", reasons: ["x"], fields: {}, version: 8, changed: [{ verb: "goal.end", label: "Ended" }] },
  };
  await opened();
  type("Walk.", "What did they say?", "I go alone.");
  page = { ...page, version: 8, goals: [goal("b", "Sleep.")] };
  save();
  expect(await screen.findByText(/This goal has ended/)).toBeTruthy();
  expect(region("Walk.").getByLabelText("What did they say? (optional)")).toHaveProperty("value", "I go alone.");
  type("Sleep.", "How near?", "4");
  save();
  await vi.waitFor(() => expect(posts().length).toBe(2));
  expect(sent()).toEqual({ version: 8, rows: [{ goal: "b", score: 4 }] });
});

it("says so where nothing can be scored", async () => {
  page = { ...page, goals: [], score_goals: null };
  render(
    <LocationProvider>
      <GoalsRoute params={{ id: "1" }} />
    </LocationProvider>,
  );
  expect(await screen.findByText("There is no goal here that you can score now.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Save all goals" })).toBeNull();
});
