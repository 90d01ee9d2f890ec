/** Dates and spans read as people say them, in London's time, in summer and in winter. */
import { describe, expect, it } from "vitest";
import {
  appPath,
  byWhen,
  clockTime,
  dateText,
  dateTimeText,
  londonToIso,
  shortWhen,
  timeLeft,
  timesText,
} from "../../src/lib/format";

const NOW = new Date("2026-11-23T10:00:00Z");

describe("dates", () => {
  it("says a plain date without moving it by a zone", () => {
    expect(dateText("2015-03-01")).toBe("1 March 2015");
    expect(dateText(null)).toBe("");
  });

  it("says an instant as London's clocks show it", () => {
    expect(dateTimeText("2026-07-01T16:00:00Z")).toBe("1 July 2026 at 5pm");
    expect(dateTimeText("2026-11-23T10:42:00Z")).toBe("23 November 2026 at 10:42am");
    expect(dateTimeText("2026-11-23T12:00:00Z")).toBe("23 November 2026 at midday");
    expect(clockTime("2026-07-01T09:05:00Z")).toBe("10:05");
    expect(shortWhen("2026-11-24T17:00:00Z")).toBe("24 Nov, 5pm");
  });

  it("says by when in relation to today", () => {
    expect(byWhen("2026-11-23T17:00:00Z", NOW)).toBe("5pm today");
    expect(byWhen("2026-11-24T17:00:00Z", NOW)).toBe("5pm tomorrow");
    expect(byWhen("2026-11-27T09:30:00Z", NOW)).toBe("9:30am on Friday 27 November");
  });
});

describe("clocks", () => {
  it.each([
    ["2026-11-23T13:30:00Z", "3 hours left"],
    ["2026-11-23T11:00:00Z", "1 hour left"],
    ["2026-11-23T10:00:30Z", "less than a minute left"],
    ["2026-11-26T12:00:00Z", "3 days left"],
    ["2026-11-23T08:00:00Z", "overdue by 2 hours"],
    ["2026-11-23T09:15:00Z", "overdue by 45 minutes"],
  ])("%s is %s", (due, words) => {
    expect(timeLeft(due, NOW)).toBe(words);
  });
});

describe("timesText", () => {
  it.each([
    ["2026-11-27T10:20:00Z", "2026-11-27T10:20:30Z", "27 November 2026 at 10:20am"],
    ["2026-11-27T10:20:00Z", "2026-11-27T12:00:00Z", "27 November 2026, 10:20am to midday"],
    ["2026-11-27T23:50:00Z", "2026-11-28T00:10:00Z", "27 November 2026 at 11:50pm to 28 November 2026 at 12:10am"],
  ])("%s to %s", (since, until, words) => {
    expect(timesText(since, until)).toBe(words);
  });
});

describe("londonToIso", () => {
  it("knows summer time", () => {
    expect(londonToIso("2026-07-01", "14:30")).toBe("2026-07-01T13:30:00.000Z");
    expect(londonToIso("2026-11-23", "14:30")).toBe("2026-11-23T14:30:00.000Z");
  });

  it("leaves what is no date as it was typed", () => {
    expect(londonToIso("2026-13-45", "14:30")).toBe("2026-13-45T14:30");
  });
});

describe("appPath", () => {
  it("finds the page of a record from its address in the API", () => {
    expect(appPath("/api/v1/referrals/1/")).toBe("/referrals/1");
    expect(appPath("https://alongside.example/referrals/1")).toBe("/referrals/1");
    expect(appPath("/")).toBe("/");
  });
});
