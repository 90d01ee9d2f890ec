/** The findings of the published figures in a few sentences, each with the address at which it is looked into. */
import type { NeedsReport } from "../../api/types";
import { monthText } from "./frame";
import { highest, mostOf, numberText } from "./most";

interface Finding {
  label: string;
  finding: string;
  href?: string;
}

/** So many months are compared with as many before them. */
const LATELY = 3;

/** How many were received, and when. */
export function received({ total, months }: NeedsReport) {
  const days = `${monthText(months[0]?.id)} to ${monthText(months.at(-1)?.id)}`;
  return total > 0
    ? `About ${numberText(total)} referrals were received from ${days}.`
    : `Referrals received from ${days}.`;
}

/** What there is too few of is left out, and where several have most, all of them are behind the link. */
export function standsOut(found: NeedsReport): Finding[] {
  return [lately(found), place(found), ...needs(found), ...cuts(found)].filter((one) => one !== null);
}

function lately({ months }: NeedsReport): Finding | null {
  if (months.length < 2 * LATELY) return null;
  const [before, after] = [months.slice(-2 * LATELY, -LATELY), months.slice(-LATELY)].map((some) =>
    some.reduce((sum, { number }) => sum + (number ?? 0), 0),
  ) as [number, number];
  const finding = `About ${numberText(after)} in the last three of these months, about ${numberText(before)} in the three before.`;
  return { label: after > before ? "Rising" : after < before ? "Falling" : "As before", finding, href: "/needs" };
}

function place({ wards }: NeedsReport): Finding | null {
  const shown = wards.flatMap(({ id, label, number }) => (number === null ? [] : [{ id, label, number }]));
  if (shown.length === 0) return null;
  const { name, value } = highest(shown);
  return { label: "Wards", finding: `Most came from ${name}: ${value}.`, href: `/needs${theOne(shown, "ward")}` };
}

function needs({ factors, total }: NeedsReport): (Finding | null)[] {
  const risks = factors.filter(({ protects }) => !protects);
  const strengths = factors.filter(({ protects }) => protects);
  return [most("Risks named", risks, total, "factor"), most("Strengths named", strengths, total, "factor")];
}

const TOLD = ["source", "decision", "age"];

function cuts({ cuts: every, total }: NeedsReport): (Finding | null)[] {
  return every.filter(({ id }) => TOLD.includes(id)).map(({ id, title, rows }) => most(title, rows, total, id));
}

interface Row {
  id: string;
  label: string;
  number: number;
}

function most(label: string, rows: Row[], total: number, by: string): Finding | null {
  return rows.length > 0 ? { label, finding: mostOf(rows, total), href: `/needs${theOne(rows, by)}` } : null;
}

/** Where one alone has most, the figures of it; else all of them. */
function theOne(rows: Row[], by: string) {
  const highestNumber = Math.max(...rows.map(({ number }) => number));
  const [first, ...others] = rows.filter(({ number }) => number === highestNumber);
  return first && others.length === 0 ? `?${new URLSearchParams({ [by]: first.id })}` : "";
}
