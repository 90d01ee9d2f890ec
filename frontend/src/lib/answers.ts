/** Forms as data: which fields are asked, whether one is answered, and an answer as a person would read it. */
import type { Choice, DraftSection, Field, ShowIf, Value, Values } from "../api/types";
import { dateText, dateTimeText } from "./format";

export const NOT_KNOWN = "not_known";

function holds(when: ShowIf | Choice["show_if"] | null, values: Values): boolean {
  if (!when) return true;
  const value = values[when.field];
  const wanted: Value[] = when.values;
  return Array.isArray(value) ? value.some((one) => wanted.includes(one)) : wanted.includes(value ?? null);
}

export function isAsked(field: Field, values: Values): boolean {
  return holds(field.show_if, values);
}

/** The field with only the choices that go with the other answers. */
function offered(field: Field, values: Values): Field {
  if (!field.choices?.some((choice) => choice.show_if)) return field;
  return { ...field, choices: field.choices.filter((choice) => holds(choice.show_if, values)) };
}

export function askedFields(fields: Field[], values: Values): Field[] {
  return fields.filter((field) => isAsked(field, values)).map((field) => offered(field, values));
}

/** A choice that was made before another answer took it away is none any more. */
function isTakenAway(field: Field, value: Value | undefined, all: Field[]): boolean {
  const one = all.find(({ name }) => name === field.name)?.choices?.find((choice) => choice.value === value);
  return one?.show_if !== undefined && !field.choices?.some((choice) => choice.value === value);
}

export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What a form sends: only what is asked, and nothing for what was left empty. */
export function givenAnswers(fields: Field[], values: Values): Values {
  const given: Values = {};
  for (const field of askedFields(fields, values)) {
    const value = values[field.name];
    // A list that must have something in it is sent with its first, empty item, so that each part is asked for.
    if (isEmpty(value) && field.required && field.kind === "list") given[field.name] = [{}];
    if (isEmpty(value) || isTakenAway(field, value, fields)) continue;
    given[field.name] = Array.isArray(value) && field.fields ? givenItems(field.fields, value) : (value as Value);
  }
  return given;
}

const givenItems = (fields: Field[], items: Value[]): Values[] =>
  items.map((item) => givenAnswers(fields, item as Values));

function labelOf(field: Field, value: Value): string {
  return field.choices?.find((choice) => choice.value === value)?.label ?? String(value);
}

/** One answer as lines of text. */
export function answerLines(field: Field, value: Value | undefined): string[] {
  if (isEmpty(value)) return [];
  if (value === NOT_KNOWN && !field.choices?.some((choice) => choice.value === NOT_KNOWN)) return ["Not known"];
  if (field.kind === "yes_no") return [value ? "Yes" : "No"];
  if (field.kind === "date") return [dateOrRaw(String(value))];
  if (field.kind === "datetime")
    return [/^\d{4}-\d\d-\d\dT/.test(String(value)) ? dateTimeText(String(value)) : String(value)];
  if (field.kind === "list" && Array.isArray(value)) return value.map((item) => itemLine(field, item as Values));
  if (Array.isArray(value)) return value.map((one) => labelOf(field, one));
  return String(labelOf(field, value as Value)).split("\n");
}

function dateOrRaw(value: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? dateText(value) : value;
}

/** One thing of a list: what it is, then the rest of it; a yes or no would not be understood without its question. */
function itemLine(field: Field, item: Values): string {
  const shown = askedFields(field.fields ?? [], item).flatMap((part) => {
    const lines = answerLines(part, item[part.name]);
    const needsQuestion = part.kind === "yes_no" || part.choices?.some((choice) => choice.value === NOT_KNOWN);
    return needsQuestion ? lines.map((line) => `${part.label} ${line}`) : lines;
  });
  return shown.join(" · ");
}

/** The pages of a section on which something is asked, given the answers so far. */
export function askedPages(section: DraftSection, values: Values): DraftSection["pages"] {
  return section.pages.filter((page) => page.fields.length === 0 || askedFields(page.fields, values).length > 0);
}

export function draftPath(id: string, section: string, page: string, from = ""): string {
  return `/referrals/${id}/draft/${section}/${page}${from ? `?from=${from}` : ""}`;
}
