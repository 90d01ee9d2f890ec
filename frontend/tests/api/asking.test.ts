/** What is asked before the app is there: the reads of a page, each answer taken once and only while it is fresh. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askEarly } from "../../src/api/asking";
import { actAs, get } from "../../src/api/client";
import type { Session } from "../../src/api/types";
import { firstReads, OF_MANAGER } from "../../src/lib/first_reads";

const fetched = vi.fn<typeof fetch>();
const place = (name: string) => ({ name, label: name, is_main: true });
const session = (navigation: string[], more: Partial<Session> = {}) =>
  ({ signed_in: true, needs_second_factor: false, demo: true, navigation: navigation.map(place), ...more }) as Session;

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockImplementation(async () => new Response('{"ok": true}'));
  actAs("role");
});
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("an answer asked for early", () => {
  it("is taken by whoever asks first, in the same role, and by nobody after", async () => {
    askEarly(["work/"], "role");
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({ Accept: "application/json", "Acting-As": "role" });
    expect(await get("work/")).toEqual({ ok: true });
    expect(fetched).toHaveBeenCalledTimes(1);
    await get("work/");
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("is not used once the page that was opened is long past", async () => {
    askEarly(["work/"], "role");
    vi.spyOn(performance, "now").mockReturnValue(60_000);
    await get("work/");
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("that never came is no answer, for whoever takes it", async () => {
    fetched.mockRejectedValueOnce(new TypeError("no connection"));
    askEarly(["work/"], "role");
    await expect(get("work/")).rejects.toMatchObject({ status: 0 });
  });
});

describe("what a page reads first", () => {
  it("is of the address and of who is there", () => {
    expect(firstReads(session([]), "/cases/one", "")).toEqual([
      "cases/one/?forms=no",
      "cases/one/identity/",
      "cases/one/overview/",
    ]);
    expect(firstReads(session([]), "/referrals/one/draft/child/name", "")).toEqual(["referrals/one/draft/"]);
    expect(firstReads(session(["referrals", "tasks"]), "/", "")).toHaveLength(3);
    expect(firstReads(session(["attention", "work"]), "/", "")).toBe(OF_MANAGER);
  });

  it("is nothing where it is not known, or where nobody may see it yet", () => {
    expect(firstReads(session([]), "/referrals/new", "")).toEqual([]);
    expect(firstReads(session([]), "/cases/closed", "")).toEqual([]);
    expect(firstReads(session([]), "/queue", "?due=today")).toEqual([]);
    expect(firstReads(session([]), "/privacy", "")).toEqual([]);
    expect(firstReads(session([], { needs_second_factor: true }), "/work", "")).toEqual([]);
    expect(firstReads(session([], { signed_in: false, demo: false }), "/work", "")).toEqual(["session/directories/"]);
  });
});
