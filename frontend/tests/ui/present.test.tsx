/** Who else has a record open: said in one line, asked again while one is active, never for somebody who has gone. */
import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Present } from "../../src/ui/present";

interface Other {
  name: string;
  agency: string;
  is_writing: boolean;
}

const others = vi.fn<() => Other[]>();
const WORKER = { name: "Abdi Example", agency: "City Early Help", is_writing: false };
const MANAGER = { name: "Colin Example", agency: "City Early Help", is_writing: true };

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ others: others() }), { status: 200 })));
});

afterEach(() => {
  cleanup();
  others.mockReset();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("says who looks and who changes something, and that nothing is saved over", async () => {
  others.mockReturnValue([WORKER, MANAGER]);
  render(<Present root="c1" />);
  await screen.findByText("Abdi Example (City Early Help) is looking at this too.");
  expect(screen.getByText(/Colin Example \(City Early Help\) is changing something here just now/)).toBeTruthy();
});

it("asks again, and takes the line away when they have gone", async () => {
  others.mockReturnValue([WORKER]);
  render(<Present root="c1" />);
  await screen.findByText(/looking at this too/);
  others.mockReturnValue([]);
  await vi.advanceTimersByTimeAsync(21_000);
  await waitFor(() => expect(screen.queryByText(/looking at this too/)).toBeNull());
});

it("stays quiet for somebody who does nothing, so that it never keeps them signed in", async () => {
  others.mockReturnValue([]);
  render(<Present root="c1" />);
  await vi.advanceTimersByTimeAsync(61_000);
  const asked = others.mock.calls.length;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(others.mock.calls.length).toBe(asked);
  dispatchEvent(new Event("keydown"));
  await vi.advanceTimersByTimeAsync(21_000);
  expect(others.mock.calls.length).toBeGreaterThan(asked);
});
