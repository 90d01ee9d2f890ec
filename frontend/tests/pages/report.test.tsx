/** A report as it is read: its pictures, what a later edition changed, and a warning where it is not what it was. */
import { cleanup, render, screen, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso/router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Report } from "../../src/api/types";
import { forgetAll } from "../../src/lib/resource";
import ReportPage from "../../src/pages/reports/report";

const fetched = vi.fn<typeof fetch>();

const report: Report = {
  id: "r2",
  title: "Funder return, July to September 2026",
  edition: 2,
  made_by: "Priya Desai, Community Safety Team",
  made_at: "2026-11-27T10:00:00Z",
  kind: "funder_return",
  partnership: "Birmingham demo partnership",
  first_month: "2026-07-01",
  last_month: "2026-09-01",
  reason: "Four cases were written down late.",
  threshold: 5,
  base: 5,
  sections: [
    {
      id: "closings",
      title: "How cases ended",
      finding: "About 25 cases closed from July to September 2026.",
      tables: [
        {
          id: "month",
          title: "By month",
          finding: "Most in August 2026: about 25 cases.",
          rows: [{ id: "2026-08", label: "August 2026", number: 25, percent: 100 }],
        },
        { id: "theme", title: "By theme", finding: "Too few cases to show any number.", rows: [] },
      ],
      quotations: [{ about: "School or college", text: "Nobody asked me.", beside: ["A child or young person"] }],
    },
  ],
  definitions: [{ term: "Theme", meaning: "The theme of a board." }],
  method: ["Whole months only."],
  limits: ["Numbers are only about right."],
  changes: [{ table: "How cases ended: By month", label: "August 2026", before: null, now: 25 }],
  sha256: "c244",
  proof: "This is the SHA-256.",
  is_unchanged: true,
  editions: [
    { id: "r2", title: "", edition: 2, made_by: "", made_at: "2026-11-27T10:00:00Z" },
    { id: "r1", title: "", edition: 1, made_by: "", made_at: "2026-10-27T10:00:00Z" },
  ],
  leads_to: "/reports/r2",
  options: [],
};

const open = async (shown: Report) => {
  fetched.mockImplementation(async () => new Response(JSON.stringify(shown), { status: 200 }));
  render(
    <LocationProvider>
      <ReportPage params={{ id: shown.id }} />
    </LocationProvider>,
  );
  await screen.findByRole("heading", { level: 1, name: new RegExp(shown.title) });
};

beforeEach(() => {
  forgetAll();
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("draws its tables, leaves out what is too few, and says that nothing was changed", async () => {
  await open(report);
  expect(screen.getByText("Most in August 2026: about 25 cases.")).toBeTruthy();
  expect(screen.queryByText("By theme")).toBeNull();
  expect(screen.getByText("It was counted anew just now, and agrees.")).toBeTruthy();
  expect(screen.getByText("c244")).toBeTruthy();
  expect(screen.queryByText(/Do not use its figures/)).toBeNull();
  const words = within(screen.getByRole("region", { name: "In their words" }));
  expect(words.getByText("“Nobody asked me.”")).toBeTruthy();
  expect(words.getByText("School or college. A child or young person")).toBeTruthy();
});

it("says why it is another edition and which numbers are other ones, and leads to the earlier one", async () => {
  await open(report);
  const changes = within(screen.getByRole("region", { name: "What is different from edition 1, and why" }));
  expect(changes.getByText("Four cases were written down late.")).toBeTruthy();
  const cells = changes.getAllByRole("row").at(-1)?.querySelectorAll("div");
  expect([...(cells ?? [])].map((one) => one.textContent)).toEqual([
    "August 2026",
    "How cases ended: By month",
    "Too few",
    "25",
  ]);
  expect(screen.getByRole("link", { name: "Read edition 1" }).getAttribute("href")).toBe("/reports/r1");
  expect(screen.queryByText("There is a later edition of this report.")).toBeNull();
});

it("warns above its figures when it is not what it was made as", async () => {
  await open({ ...report, is_unchanged: false });
  expect(screen.getByText(/Do not use its figures/)).toBeTruthy();
  expect(screen.getByText("It does not agree any more.")).toBeTruthy();
});

it("tells whoever reads an old edition of the latest", async () => {
  await open({ ...report, id: "r1", edition: 1 });
  expect(screen.getByText("There is a later edition of this report.")).toBeTruthy();
});
