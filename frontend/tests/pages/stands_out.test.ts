import { describe, expect, it } from "vitest";
import type { NeedsReport } from "../../src/api/types";
import { received, standsOut } from "../../src/pages/figures/stands_out";

const months = [5, null, 10, 20, 30, 25].map((number, at) => ({ id: `2026-0${at + 1}-01`, label: "", number }));

const found = {
  total: 90,
  months,
  wards: [
    { id: "oscott", label: "Oscott", number: 40, rate: 1 },
    { id: "aston", label: "Aston", number: null, rate: null },
  ],
  factors: [
    { id: "missing", label: "Goes missing", number: 30, percent: 33, protects: false },
    { id: "warm", label: "Family is warm", number: 20, percent: 22, protects: true },
    { id: "sport", label: "Does sport", number: 20, percent: 22, protects: true },
  ],
  cuts: [
    { id: "source", title: "Who referred", rows: [{ id: "school", label: "Education", number: 50, percent: 55 }] },
    { id: "sex", title: "Sex", rows: [{ id: "male", label: "Male", number: 50, percent: 55 }] },
    { id: "age", title: "Age", rows: [] },
  ],
} as unknown as NeedsReport;

describe("what stands out in the published figures", () => {
  it("says in sentences what has most, and leads to the figures of that alone", () => {
    expect(received(found)).toBe("About 90 referrals were received from January 2026 to June 2026.");
    expect(standsOut(found)).toEqual([
      {
        label: "Rising",
        finding: "About 75 in the last three of these months, about 15 in the three before.",
        href: "/needs",
      },
      { label: "Wards", finding: "Most came from Oscott: about 40.", href: "/needs?ward=oscott" },
      {
        label: "Risks named",
        finding: "Most: “Goes missing”, about 30 of 90 referrals.",
        href: "/needs?factor=missing",
      },
      {
        label: "Strengths named",
        finding: "Most: “Family is warm” and 1 more, about 20 each of 90 referrals.",
        href: "/needs",
      },
      { label: "Who referred", finding: "Most: “Education”, about 50 of 90 referrals.", href: "/needs?source=school" },
    ]);
  });

  it("says nothing of what is too little to show", () => {
    const little = { ...found, wards: [], factors: [], cuts: [], months: months.slice(0, 4) };
    expect(standsOut(little)).toEqual([]);
  });
});
