import { describe, expect, it } from "vitest";
import { highest, numberText } from "../../src/pages/figures/most";

describe("what has most", () => {
  it("is named with about how many", () => {
    const rows = [
      { label: "Aston", number: 1250 },
      { label: "Sheldon", number: 5 },
    ];
    expect(highest(rows)).toEqual({ name: "Aston", value: "about 1,250" });
    expect(highest(rows, (number) => `${number / 10}`).value).toBe("about 125");
  });

  it("is not said of one where several have as many", () => {
    const rows = ["Aston", "Sheldon", "Moseley"].map((label) => ({ label, number: 5 }));
    expect(highest(rows)).toEqual({ name: "Aston and 2 more", value: "about 5 each" });
  });

  it("is written as people write numbers", () => {
    expect(numberText(12_345)).toBe("12,345");
  });
});
