import { cleanup, render, screen, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { Bars, mostOf } from "../../src/ui/charts/bars";
import { Lines, runsOf, topOf } from "../../src/ui/charts/lines";
import { shadeOf, Tiles } from "../../src/ui/charts/tiles";

afterEach(cleanup);

const REASONS = [
  { id: "met", label: "Needs were met", value: 60, text: "12 (60%)", href: "/outcomes?part=met", low: 39, high: 78 },
  { id: "moved", label: "Moved away", value: 20, text: "4 (20%)" },
];
const TABLE = { caption: "Why cases closed", head: ["What it was", "How many"] };

describe("bars", () => {
  it("say what they find, and stand beside labels that a keyboard can open", () => {
    render(<Bars finding="Most cases closed because needs were met." table={TABLE} rows={REASONS} />);
    const figure = screen.getByRole("figure");
    expect(figure.querySelector("figcaption")?.textContent).toBe("Most cases closed because needs were met.");
    const [first, second] = [...figure.querySelectorAll(".app-bars__row")] as HTMLElement[];
    expect(first && within(first).getByRole("link", { name: "Needs were met" }).getAttribute("href")).toBe(
      "/outcomes?part=met",
    );
    expect(first?.textContent).toContain("12 (60%)");
    expect(second?.querySelector("a")).toBeNull();
    for (const svg of figure.querySelectorAll("svg")) expect(svg.getAttribute("aria-hidden")).toBe("true");
  });

  it("are as long as their numbers, with bounds only where there are some", () => {
    render(<Bars finding="" table={TABLE} rows={REASONS} most={100} />);
    const [first, second] = [...document.querySelectorAll(".app-bars__picture")];
    expect(first?.querySelector("rect")?.getAttribute("width")).toBe("60.00");
    expect(second?.querySelector("rect")?.getAttribute("width")).toBe("20.00");
    expect(first?.querySelector("path")?.getAttribute("d")).toContain("M39.00 10H78.00");
    expect(second?.querySelector("path")).toBeNull();
  });

  it("leave room for the upper bound, and never divide by nothing", () => {
    expect(mostOf(REASONS)).toBe(78);
    expect(mostOf([])).toBe(1);
  });

  it("have the same numbers as a table", () => {
    render(<Bars finding="" table={TABLE} rows={REASONS} />);
    const table = screen.getByRole("table", { name: "Why cases closed", hidden: true });
    const cells = [...table.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.querySelector("div")?.textContent),
    );
    expect(cells).toEqual([
      ["Needs were met", "12 (60%)"],
      ["Moved away", "4 (20%)"],
    ]);
  });
});

describe("lines", () => {
  it("are open where nothing may be shown, and a month alone is still a mark", () => {
    const runs = runsOf([10, 20, null, 5], 20);
    expect(runs.map((run) => run.length)).toEqual([2, 1]);
    expect(runs[0]?.[0]?.y).toBeGreaterThan(runs[0]?.[1]?.y ?? 0);
    expect(runs[0]?.[0]?.x).toBeLessThan(runs[0]?.[1]?.x ?? 0);
    expect(runsOf([null, null], 1)).toEqual([]);
  });

  it("end under a round number", () => {
    expect(topOf([{ label: "", values: [3, null, 35] }])).toBe(50);
    expect(topOf([{ label: "", values: [100] }])).toBe(100);
    expect(topOf([{ label: "", values: [null] }])).toBe(1);
  });

  it("are named where there are several, and say in the table what the picture leaves open", () => {
    const series = [
      { label: "School", values: [10, null] },
      { label: "Police", values: [5, 15] },
    ];
    const table = { caption: "By month", head: ["Month", "School", "Police"] };
    render(<Lines finding="" table={table} months={["May 2026", "June 2026"]} series={series} />);
    expect([...document.querySelectorAll(".app-lines-key li")].map((one) => one.textContent)).toEqual([
      "School",
      "Police",
    ]);
    const last = [...document.querySelectorAll("tbody tr")].at(-1);
    expect([...(last?.querySelectorAll("div") ?? [])].map((one) => one.textContent)).toEqual([
      "June 2026",
      "Too few to show",
      "15",
    ]);
  });
});

describe("tiles", () => {
  const tiles = [
    { id: "a", label: "Aston", short: "AST", row: 2, column: 3, value: 20, text: "20", href: "/needs?ward=a" },
    { id: "b", label: "Bordesley", short: "BOR", row: 1, column: 1, value: null, text: "Too few" },
  ];

  it("stand where their layout says, with the number in them, and hatched where nothing may be shown", () => {
    render(<Tiles finding="Most live in Aston." table={TABLE} tiles={tiles} />);
    const [first, second] = [...document.querySelectorAll<HTMLElement>(".app-tile")];
    expect([first?.style.gridRow, first?.style.gridColumn]).toEqual(["2", "3"]);
    expect(first?.className).toContain("app-tile--4");
    expect(first?.querySelector("a")?.textContent).toContain("Aston: 20");
    expect(second?.className).toContain("app-tile--none");
    expect(second?.textContent).toContain("Too few");
    expect(screen.getByText(/Hatched/)).toBeTruthy();
  });

  it("have few shades, the darkest for the most", () => {
    expect([0, 1, 26, 51, 76, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 2, 3, 4, 4]);
    expect(shadeOf(null, 100)).toBe(0);
  });
});
