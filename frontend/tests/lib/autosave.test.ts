/** Autosave keeps everything typed, sends one request at a time, retries, and asks when two tabs disagree. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/api/client";
import type { Answer, Value } from "../../src/api/types";
import { Autosave, type SaveResult } from "../../src/lib/autosave";

type Changes = Record<string, { value: Value; base_rev: number }>;

const AT = "2026-11-23T10:42:00Z";
const answer = (value: Value, rev: number): Answer => ({ value, rev, at: AT });

/** A server that stores what it is sent, and can be made to fail or to hold its answer back. */
function fakeServer() {
  const stored: Record<string, Answer> = {};
  const calls: { changes: Changes; keepalive: boolean }[] = [];
  let rev = 0;
  const server = {
    stored,
    calls,
    failWith: null as unknown,
    hold: null as Promise<void> | null,
    async send(changes: Changes, keepalive: boolean): Promise<SaveResult> {
      calls.push({ changes, keepalive });
      if (server.hold) await server.hold;
      if (server.failWith) throw server.failWith;
      const answers: Record<string, Answer> = {};
      const conflicts: SaveResult["conflicts"] = {};
      for (const [field, { value, base_rev: base }] of Object.entries(changes)) {
        const saved = stored[field];
        if (saved && saved.rev > base && saved.value !== value) conflicts[field] = { ...saved, by: "Kofi" };
        else {
          rev += 1;
          answers[field] = stored[field] = answer(value, rev);
        }
      }
      return { answers, conflicts };
    },
  };
  return server;
}

function setUp() {
  const server = fakeServer();
  const onSaved = vi.fn();
  const autosave = new Autosave({
    send: server.send,
    onSaved,
    mayRetry: (error) => error instanceof ApiError && error.mayRetry,
  });
  return { server, autosave, onSaved };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("autosave", () => {
  it("saves the changed fields together, 1.5 seconds after typing stops", async () => {
    const { server, autosave } = setUp();
    autosave.set("name", "Le");
    await vi.advanceTimersByTimeAsync(1_000);
    autosave.set("name", "Leila");
    autosave.set("school", "Oakfield");
    await vi.advanceTimersByTimeAsync(1_400);
    expect(server.calls).toHaveLength(0);
    expect(autosave.hasUnsaved).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]?.changes).toEqual({
      name: { value: "Leila", base_rev: 0 },
      school: { value: "Oakfield", base_rev: 0 },
    });
    expect(autosave.status.value).toBe("saved");
    expect(autosave.hasUnsaved).toBe(false);
  });

  it("has one request in flight and sends what was typed meanwhile after it", async () => {
    const { server, autosave } = setUp();
    let release = () => {};
    server.hold = new Promise((resolve) => {
      release = resolve;
    });
    autosave.set("name", "Lei");
    await vi.advanceTimersByTimeAsync(1_500);
    autosave.set("name", "Leila");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.calls).toHaveLength(1);
    server.hold = null;
    release();
    await vi.runAllTimersAsync();
    expect(server.calls).toHaveLength(2);
    expect(server.stored.name?.value).toBe("Leila");
    expect(autosave.values.value.name).toBe("Leila");
  });

  it("retries while the server cannot be reached, and loses nothing", async () => {
    const { server, autosave } = setUp();
    server.failWith = new ApiError(0, {});
    autosave.set("name", "Leila");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(autosave.status.value).toBe("retrying");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.calls).toHaveLength(2);
    server.failWith = null;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(server.stored.name?.value).toBe("Leila");
    expect(autosave.status.value).toBe("saved");
    expect(autosave.error.value).toBeNull();
  });

  it("does not repeat what the server refuses, but keeps it and sends it with the next change", async () => {
    const { server, autosave } = setUp();
    server.failWith = new ApiError(400, { code: "invalid", reasons: ["Too long."] });
    autosave.set("name", "x");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.calls).toHaveLength(1);
    expect(autosave.status.value).toBe("refused");
    expect(autosave.hasUnsaved).toBe(true);
    server.failWith = null;
    autosave.set("name", "xy");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.stored.name?.value).toBe("xy");
  });

  it("flushes at once, with keepalive when the tab is hidden", async () => {
    const { server, autosave } = setUp();
    autosave.set("name", "Leila");
    expect(await autosave.flush(true)).toBe(true);
    expect(server.calls[0]?.keepalive).toBe(true);
    expect(await autosave.flush()).toBe(true);
    expect(server.calls).toHaveLength(1);
  });

  it("tells Continue that something could not be saved", async () => {
    const { server, autosave } = setUp();
    server.failWith = new ApiError(503, {});
    autosave.set("name", "Leila");
    expect(await autosave.flush()).toBe(false);
    autosave.stop();
  });

  it("takes its own value, met by a retry, for saved", async () => {
    const autosave = new Autosave({
      send: async () => ({ answers: {}, conflicts: { name: { ...answer("Leila", 4), by: "Kofi" } } }),
      onSaved: () => {},
      mayRetry: () => true,
    });
    autosave.set("name", "Leila");
    await autosave.flush();
    expect(autosave.conflicts.value).toEqual({});
    expect(autosave.hasUnsaved).toBe(false);
  });
});

describe("two tabs", () => {
  async function inConflict() {
    const both = setUp();
    both.autosave.refresh({ name: answer("Leila", 1) });
    both.server.stored.name = answer("from there", 5);
    both.autosave.set("name", "from here");
    await both.autosave.flush();
    return both;
  }

  it("shows both values and overwrites neither", async () => {
    const { server, autosave } = await inConflict();
    expect(autosave.conflicts.value.name).toMatchObject({ mine: "from here", theirs: "from there", by: "Kofi" });
    expect(autosave.values.value.name).toBe("from here");
    expect(server.stored.name?.value).toBe("from there");
    expect(autosave.hasUnsaved).toBe(true);
  });

  it("is not hidden by reading the draft anew while something is typed", async () => {
    const { server, autosave } = setUp();
    autosave.refresh({ name: answer("Leila", 1) });
    autosave.set("name", "from here");
    server.stored.name = answer("from there", 5);
    autosave.refresh({ name: answer("from there", 5) });
    await autosave.flush();
    expect(server.stored.name?.value).toBe("from there");
    expect(autosave.conflicts.value.name).toMatchObject({ mine: "from here", theirs: "from there" });
  });

  it("saves mine over theirs when I choose mine", async () => {
    const { server, autosave } = await inConflict();
    autosave.resolve("name", "mine");
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.calls.at(-1)?.changes.name).toEqual({ value: "from here", base_rev: 5 });
    expect(autosave.conflicts.value).toEqual({});
  });

  it("takes theirs when I choose theirs", async () => {
    const { server, autosave } = await inConflict();
    autosave.resolve("name", "theirs");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(autosave.values.value.name).toBe("from there");
    expect(server.calls).toHaveLength(1);
    expect(autosave.hasUnsaved).toBe(false);
  });
});
