/** A family as a picture: a row for each generation, the child among the children, lines from row to row. */
import type { CasePeople, RelatedPerson } from "../api/types";

const ACROSS = 3;
const WIDTH = 160;
const HEIGHT = 64;
const GAP = 12;
const BETWEEN = 28;
/** As many letters as a box holds; the table beside the picture has the whole name. */
const LETTERS = 16;
const GENERATIONS: RelatedPerson["generation"][] = ["grandparents", "parents", "children", "around"];

export interface Box {
  id: string;
  name: string;
  words: string;
  x: number;
  y: number;
  isChild: boolean;
  home: boolean;
  responsible: boolean;
}

const short = (text: string) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);

type Member = Omit<Box, "x" | "y">;

function members({ child_name: name, child_age: age, people }: CasePeople): Member[][] {
  const child = { id: "child", name: short(name ?? "The child"), words: age ?? "", isChild: true, home: true };
  return GENERATIONS.map((generation) => [
    ...(generation === "children" ? [{ ...child, responsible: false }] : []),
    ...people
      .filter((one) => one.generation === generation)
      .map((one) => ({
        id: one.id,
        name: short(one.name),
        words: short(one.relationship_label),
        isChild: false,
        home: one.lives_with_child === "yes",
        responsible: one.has_parental_responsibility,
      })),
  ]);
}

/** Where each person stands; a generation of more than three goes on in the next line. */
export function boxesOf(family: CasePeople): { boxes: Box[]; width: number; height: number } {
  const width = ACROSS * WIDTH + (ACROSS - 1) * GAP;
  const boxes: Box[] = [];
  let y = 2;
  for (const row of members(family).filter(({ length }) => length > 0)) {
    for (let first = 0; first < row.length; first += ACROSS) {
      const line = row.slice(first, first + ACROSS);
      const left = (width - line.length * WIDTH - (line.length - 1) * GAP) / 2;
      for (const [index, one] of line.entries()) boxes.push({ ...one, x: left + index * (WIDTH + GAP), y });
      y += HEIGHT + GAP;
    }
    y += BETWEEN - GAP;
  }
  return { boxes, width, height: y - BETWEEN + 2 };
}

export function FamilyPicture({ family }: { family: CasePeople }) {
  const { boxes, width, height } = boxesOf(family);
  const kin = family.people.filter(({ generation }) => generation !== "around").map(({ id }) => id);
  const child = boxes.find(({ isChild }) => isChild);
  return (
    <figure class="app-kin govuk-body">
      <figcaption class="app-quiet">
        A filled box lives with the child; a thick edge has parental responsibility. The table below says the same.
      </figcaption>
      <svg viewBox={`-2 0 ${width + 4} ${height}`} aria-hidden="true" focusable="false">
        {child &&
          boxes
            .filter(({ id, y }) => kin.includes(id) && y !== child.y)
            .map((box) => <Line key={box.id} from={box} to={child} />)}
        {boxes.map((box) => (
          <g key={box.id} class={classes(box)}>
            <rect x={box.x} y={box.y} width={WIDTH} height={HEIGHT} rx={box.isChild ? HEIGHT / 2 : 4} />
            <text x={box.x + WIDTH / 2} y={box.y + 27}>
              {box.name}
            </text>
            <text class="app-kin__words" x={box.x + WIDTH / 2} y={box.y + 47}>
              {box.words}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

const classes = ({ home, responsible, isChild }: Box) =>
  ["app-kin__box", home && "app-kin__box--home", (responsible || isChild) && "app-kin__box--thick"]
    .filter(Boolean)
    .join(" ");

function Line({ from, to }: { from: Box; to: Box }) {
  const above = from.y < to.y;
  const [top, bottom] = above ? [from, to] : [to, from];
  const [x1, y1, x2, y2] = [top.x + WIDTH / 2, top.y + HEIGHT, bottom.x + WIDTH / 2, bottom.y];
  const turn = y2 - BETWEEN / 2;
  return <path class="app-kin__line" d={`M${x1} ${y1}V${turn}H${x2}V${y2}`} />;
}
