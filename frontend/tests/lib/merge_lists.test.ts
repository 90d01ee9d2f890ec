import { describe, expect, it } from "vitest";
import { mergeLists } from "../../src/lib/merge_lists";

const mum = { name: "Mum", phone: "1" };
const dad = { name: "Dad", phone: "2" };
const nan = { name: "Nan", phone: "3" };

describe("mergeLists", () => {
  it("keeps what each added, mine where I typed it", () => {
    expect(mergeLists([mum], [mum, dad], [mum, nan])).toEqual([mum, dad, nan]);
    expect(mergeLists(undefined, [dad], [nan])).toEqual([dad, nan]);
    expect(mergeLists([], [dad], [dad])).toEqual([dad]);
  });

  it("joins what each changed in another part of the same thing, or in another thing", () => {
    expect(mergeLists([mum], [{ ...mum, name: "Mam" }], [{ ...mum, phone: "9" }])).toEqual([
      { name: "Mam", phone: "9" },
    ]);
    expect(mergeLists([mum, dad], [{ ...mum, phone: "7" }, dad], [mum, { ...dad, phone: "8" }])).toEqual([
      { ...mum, phone: "7" },
      { ...dad, phone: "8" },
    ]);
  });

  it("knows a thing again that the other moved down", () => {
    expect(mergeLists([mum], [{ ...mum, phone: "7" }], [nan, mum])).toEqual([{ ...mum, phone: "7" }, nan]);
  });

  it("lets a person choose when both changed the same part, or one took something out", () => {
    expect(mergeLists([mum], [{ ...mum, phone: "7" }], [{ ...mum, phone: "8" }])).toBeNull();
    expect(mergeLists([mum, dad], [mum], [mum, { ...dad, phone: "8" }])).toBeNull();
    expect(mergeLists([mum], "not_known", [mum, dad])).toBeNull();
    expect(mergeLists("not_known", [mum], [dad])).toBeNull();
    expect(mergeLists(["a"], ["a", "b"], ["a", "c"])).toBeNull();
  });
});
