/** Published numbers as pictures: what is too few is left open, and never drawn as none. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { monthsBetween, PublishedChart } from "../../src/pages/figures/published_chart";

afterEach(cleanup);

const row = (id: string, label: string, number: number, percent: number | null) => ({ id, label, number, percent });
const FOUND = "Most in March 2026: about 25 cases.";

it("leaves the months open in which there were too few", () => {
  const rows = [row("2026-01", "January 2026", 5, null), row("2026-03", "March 2026", 25, 83)];
  render(
    <PublishedChart
      table={{ id: "month", title: "By month", finding: FOUND, rows }}
      months={["2026-01-01", "2026-03-01"]}
    />,
  );
  expect(screen.getByText(FOUND)).toBeTruthy();
  expect(document.querySelectorAll("svg polyline")).toHaveLength(2);
  const cells = [...document.querySelectorAll("tbody tr")].map((one) => one.querySelector("td div")?.textContent);
  expect(cells).toEqual(["5", "Too few to show", "25"]);
});

it("prints a share beside the number where there are enough, on the bar and in the table", () => {
  const rows = [row("met", "Needs are met", 25, 83), row("moved", "Moved", 5, null)];
  const months: [string, string] = ["2026-01-01", "2026-03-01"];
  render(<PublishedChart table={{ id: "reason", title: "Why", finding: "Most often …", rows }} months={months} />);
  expect([...document.querySelectorAll(".app-bars__text")].map((one) => one.textContent)).toEqual(["25 (83%)", "5"]);
  const shares = [...document.querySelectorAll("tbody tr")].map((one) => one.lastElementChild?.textContent);
  expect(shares).toEqual(["Share83%", "ShareToo few"]);
});

it("counts months over the end of a year", () => {
  expect(monthsBetween("2025-11-01", "2026-02-01")).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
});
