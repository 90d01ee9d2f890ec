/** Doing an option: one key until it has succeeded, nothing typed lost, what changed is shown. */
import { act, cleanup, renderHook } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Option } from "../../src/api/types";
import { useAction } from "../../src/lib/action";
import { field } from "../fields";

const option: Option = {
  name: "decline",
  label: "Decline",
  hint: "",
  obstacles: [],
  url: "/api/v1/referrals/1/decline/",
  input: [field({ name: "reason" }), field({ name: "hidden", show_if: { field: "reason", values: ["never"] } })],
  tells: [],
  kind: "edge",
  needs_second_person: "",
};

const fetched = vi.fn<typeof fetch>();
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const keys = () => fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  cleanup();
  fetched.mockReset();
  vi.unstubAllGlobals();
});

it("sends the same key again when no answer came, and keeps what was typed", async () => {
  const { result } = renderHook(() => useAction());
  fetched.mockRejectedValueOnce(new TypeError("gone")).mockResolvedValueOnce(answer(200, { id: "1" }));
  await act(() => result.current.set("reason", "x"));
  await act(async () => {
    await result.current.submit(option, 3);
  });
  expect(result.current.failure?.reasons[0]).toContain("could not reach");
  expect(result.current.values).toEqual({ reason: "x" });
  await act(async () => {
    expect(await result.current.submit(option, 3)).toEqual({ id: "1" });
  });
  const [first, second] = keys();
  expect(first).toBeTruthy();
  expect(second).toBe(first);
  expect(fetched.mock.calls[1]?.[1]?.body).toBe('{"reason":"x","version":3}');
});

it("shows what others did when the record has moved on, and may be sent again", async () => {
  const { result } = renderHook(() => useAction());
  const changed = [{ verb: "start_triage", label: "Triage started", by: "Kofi", at: "2026-11-23T10:00:00Z" }];
  fetched.mockResolvedValueOnce(answer(409, { code: "stale", reasons: ["Changed."], fields: {}, changed }));
  fetched.mockResolvedValueOnce(answer(200, { id: "1" }));
  await act(() => result.current.set("reason", "x"));
  await act(async () => {
    await result.current.submit(option, 3);
  });
  expect(result.current.failure?.changed).toEqual(changed);
  expect(result.current.values).toEqual({ reason: "x" });
  await act(async () => {
    await result.current.submit(option, 4);
  });
  const [first, second] = keys();
  expect(second).not.toBe(first);
});

it("says of each field which one it is when several have the same sentence", async () => {
  const two = { ...option, input: [field({ name: "who", label: "Who?" }), field({ name: "how", label: "How" })] };
  const fields = { who: ["Choose one."], how: ["Choose one."], why: ["Say why."] };
  fetched.mockResolvedValueOnce(answer(400, { code: "invalid", reasons: ["There is a problem."], fields }));
  const { result } = renderHook(() => useAction());
  await act(async () => {
    await result.current.submit(two, 1);
  });
  expect(result.current.failure).toEqual({
    reasons: [],
    fields: { who: ["Who? Choose one."], how: ["How: Choose one."], why: ["Say why."] },
    changed: null,
    existing: null,
  });
});

it("does not send twice on a double click", async () => {
  const { result } = renderHook(() => useAction());
  fetched.mockImplementation(async () => answer(200, {}));
  await act(async () => {
    await Promise.all([result.current.submit(option, 1), result.current.submit(option, 1)]);
  });
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("sends nothing again before the record has been read anew after a refusal", async () => {
  let version = 3;
  let read = () => {};
  const reread = () =>
    new Promise<void>((done) => {
      read = () => {
        version = 4;
        done();
      };
    });
  const { result } = renderHook(() => useAction(reread));
  fetched.mockResolvedValueOnce(answer(409, { code: "stale", reasons: ["Changed."], fields: {}, changed: [] }));
  fetched.mockResolvedValueOnce(answer(200, { id: "1" }));
  let first: Promise<unknown> = Promise.resolve();
  await act(async () => {
    first = result.current.submit(option, version);
    await new Promise((later) => setTimeout(later, 0));
  });
  expect(result.current.failure).not.toBeNull();
  expect(result.current.busy).toBe(true);
  await act(async () => {
    expect(await result.current.submit(option, version)).toBeNull();
  });
  expect(fetched).toHaveBeenCalledTimes(1);
  await act(async () => {
    read();
    await first;
  });
  expect(result.current.busy).toBe(false);
  await act(async () => {
    await result.current.submit(option, version);
  });
  expect(fetched.mock.calls[1]?.[1]?.body).toContain('"version":4');
});

const words = {
  ...option,
  input: [field({ name: "words", value: "To sleep" }), field({ name: "whose", value: "child" })],
};
const bodies = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

it("sends what it began with under the version it was read in, and joins what only the other changed", async () => {
  const { result } = renderHook(() => useAction());
  const differs = [{ name: "whose", was: "child", now: "family" }];
  fetched.mockResolvedValueOnce(
    answer(409, { code: "stale", reasons: ["Changed."], changed: [], version: 4, differs }),
  );
  fetched.mockResolvedValueOnce(answer(200, { id: "1" }));
  await act(() => result.current.begin(words.input, 3));
  await act(() => result.current.set("words", "To sleep alone"));
  // What is read anew takes nobody's words away, and does not make an old form a new one.
  await act(() => result.current.begin([field({ name: "words", value: "Theirs" })], 4));
  await act(async () => {
    await result.current.submit(words, 4);
  });
  expect(result.current.met).toEqual({ clashes: [], chosen: {}, taken: ["whose"] });
  await act(async () => {
    await result.current.submit(words, 5);
  });
  expect(bodies()).toEqual([
    { words: "To sleep alone", whose: "child", version: 3 },
    { words: "To sleep alone", whose: "family", version: 4 },
  ]);
});

it("sends nothing until what both changed is chosen", async () => {
  const { result } = renderHook(() => useAction());
  const differs = [{ name: "words", was: "To sleep", now: "To sleep at home" }];
  fetched.mockResolvedValueOnce(
    answer(409, { code: "stale", reasons: ["Changed."], changed: [], version: 4, differs }),
  );
  fetched.mockResolvedValueOnce(answer(200, { id: "1" }));
  await act(() => result.current.begin(words.input, 3));
  await act(() => result.current.set("words", "To sleep alone"));
  for (const _press of [1, 2]) {
    await act(async () => {
      expect(await result.current.submit(words, 3)).toBeNull();
    });
  }
  expect(fetched).toHaveBeenCalledTimes(1);
  const clash = result.current.met.clashes[0];
  if (!clash) throw new Error("Both have changed it.");
  await act(() => result.current.choose(clash, "theirs"));
  await act(() => result.current.choose(clash, "mine"));
  await act(async () => {
    await result.current.submit(words, 4);
  });
  expect(bodies()[1]).toEqual({ words: "To sleep alone", whose: "child", version: 4 });
});

it("begins anew with what is read anew while nobody has typed", async () => {
  const { result } = renderHook(() => useAction());
  fetched.mockResolvedValueOnce(answer(200, { id: "1" }));
  await act(() => result.current.begin(words.input, 3));
  await act(() => result.current.begin([field({ name: "words", value: "Theirs" })], 4));
  await act(async () => {
    await result.current.submit(words, 4);
  });
  expect(bodies()).toEqual([{ words: "Theirs", version: 4 }]);
});
