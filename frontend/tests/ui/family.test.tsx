import { expect, it } from "vitest";
import type { CasePeople, RelatedPerson } from "../../src/api/types";
import { boxesOf } from "../../src/ui/family";

const person = (id: string, generation: RelatedPerson["generation"], more: Partial<RelatedPerson> = {}) =>
  ({ id, name: `Person ${id}`, relationship_label: "", generation, lives_with_child: "no", ...more }) as RelatedPerson;

const family = (...people: RelatedPerson[]) => ({ child_name: "Ada", child_age: "9 years", people }) as CasePeople;

it("stands each generation above the next, the child among the children", () => {
  const { boxes } = boxesOf(
    family(person("mum", "parents"), person("gran", "grandparents"), person("sis", "children"), person("x", "around")),
  );
  const at = (id: string) => boxes.find((box) => box.id === id)?.y ?? Number.NaN;
  expect(at("gran")).toBeLessThan(at("mum"));
  expect(at("mum")).toBeLessThan(at("child"));
  expect(at("sis")).toBe(at("child"));
  expect(at("x")).toBeGreaterThan(at("child"));
});

it("lets no two boxes stand on each other, however many there are", () => {
  const { boxes, width } = boxesOf(family(...Array.from({ length: 11 }, (_, index) => person(`p${index}`, "parents"))));
  expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(12);
  expect(Math.max(...boxes.map(({ x }) => x))).toBeLessThan(width);
});

it("cuts a long name so that it fits its box", () => {
  const { boxes } = boxesOf(family(person("long", "parents", { name: "Maximiliana Featherstonehaugh-Cholmondeley" })));
  expect(boxes[0]?.name).toBe("Maximiliana Fea…");
});
