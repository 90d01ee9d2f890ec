/** The line about the demonstration's past: there while it is filled in, gone once it is whole. */
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetAll } from "../../src/lib/resource";
import { Filling } from "../../src/ui/filling";

const LINE = /last two years are still being filled in/;
const answers = vi.fn<() => { total: number; done: number }>();

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(answers()), { status: 200 })));
});

afterEach(() => {
  cleanup();
  forgetAll();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("says how far it is, looks again, and goes when it is whole", async () => {
  answers.mockReturnValue({ total: 185, done: 40 });
  render(<Filling />);
  expect((await screen.findByText(LINE)).textContent).toContain("40 of 185 children");
  expect(screen.getByRole("progressbar", { name: "Children filled in" }).getAttribute("value")).toBe("40");
  answers.mockReturnValue({ total: 185, done: 185 });
  await vi.advanceTimersByTimeAsync(3_500);
  await waitFor(() => expect(screen.queryByText(LINE)).toBeNull());
});

it("says nothing where there is nothing to fill in", async () => {
  answers.mockReturnValue({ total: 0, done: 0 });
  render(<Filling />);
  await waitFor(() => expect(answers).toHaveBeenCalled());
  expect(screen.queryByText(LINE)).toBeNull();
});
