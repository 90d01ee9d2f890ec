/** What somebody has in hand and who gets which of it: what the choices and the check before it is done both need. */
import type { Caseload, CaseloadRow, Field, PieceOfWork, Practitioner, Values } from "../../api/types";

/** A case, or a task, an action or a service. */
export type Given = CaseloadRow | PieceOfWork;

export const isPiece = (one: Given): one is PieceOfWork => "kind" in one;

export const everything = (load: Caseload): Given[] => [...load.cases, ...load.pieces];

const casesOf = (count: number) => (count === 0 ? "no open case" : count === 1 ? "1 open case" : `${count} open cases`);

export const handOf = ({ caseload, weight }: Practitioner) => `${casesOf(caseload)}, weight ${weight}`;

/** Who could have it; whoever may not is not among them. */
export function peopleFor(load: Caseload, one?: Given): Field["choices"] {
  return load.people
    .filter((person) => !one?.unsuitable.includes(person.id))
    .map((person) => ({ value: person.id, label: person.name, hint: handOf(person), group: "" }));
}

/** The person chosen for one thing: its own choice, else the one for all where that is possible. */
export function chosenFor(one: Given, values: Values): string | null {
  const own = values[one.id];
  if (typeof own === "string" && own) return own;
  const all = values.everybody;
  return typeof all === "string" && all && !one.unsuitable.includes(all) ? all : null;
}

/** “3 cases and 2 tasks”: how much of each kind. */
export function amountOf(given: Given[]): string {
  const pieces = given.filter(isPiece);
  const words = [
    [given.length - pieces.length, "case", "cases"],
    [pieces.filter(({ kind }) => kind === "task").length, "task", "tasks"],
    [pieces.filter(({ kind }) => kind === "action").length, "action", "actions"],
    [pieces.filter(({ kind }) => kind === "service").length, "service", "services"],
  ] as const;
  const said = words.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}
