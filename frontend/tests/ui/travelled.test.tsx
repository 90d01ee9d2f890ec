import { describe, expect, it } from "vitest";
import type { Series } from "../../src/api/types";
import { dotsOf } from "../../src/ui/travelled";

const point = (on: string, value: number | null): Series["points"][number] => ({
  id: on,
  on,
  value,
  stage_label: "",
  band: "",
  why_not_label: "",
  given_by_label: "",
  comment: "",
  by: "",
  parts: [],
  earlier: [],
  options: [],
});

describe("the picture of scores", () => {
  it("stands each score by its day and by its number, and leaves out what was not given", () => {
    const dots = dotsOf(
      [point("2026-01-01", 0), point("2026-01-11", 5), point("2026-01-16", null), point("2026-01-21", 10)],
      10,
    );
    expect(dots.map(({ value }) => value)).toEqual([0, 5, 10]);
    const [first, middle, last] = dots.map(({ x, y }) => ({ x, y }));
    expect(middle?.x).toBeCloseTo(((first?.x ?? 0) + (last?.x ?? 0)) / 2);
    expect(middle?.y).toBeCloseTo(((first?.y ?? 0) + (last?.y ?? 0)) / 2);
    expect(first?.y).toBeGreaterThan(last?.y ?? 0);
  });

  it("stands scores of one day side by side in their order", () => {
    const [first, second] = dotsOf([point("2026-01-01", 2), point("2026-01-01", 6)], 10);
    expect(second?.x).toBeGreaterThan(first?.x ?? 0);
  });

  it("draws nothing without a score", () => {
    expect(dotsOf([point("2026-01-01", null)], 10)).toEqual([]);
  });
});
