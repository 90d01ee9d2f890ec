/** Forms as data: what is asked, and how an answer reads. */
import { expect, it } from "vitest";
import { answerLines, askedFields, askedPages, givenAnswers, isEmpty } from "../../src/lib/answers";
import { field } from "../fields";

it("asks a follow-up only for the answers that call for it", () => {
  const followUp = field({ name: "why", show_if: { field: "informed", values: ["nobody"] } });
  expect(askedFields([followUp], {})).toEqual([]);
  expect(askedFields([followUp], { informed: "nobody" })).toEqual([followUp]);
  expect(askedFields([followUp], { informed: ["child", "nobody"] })).toEqual([followUp]);
});

it("offers a choice only beside the answers it goes with, and sends none that another answer took away", () => {
  const choices = [
    { value: "task", label: "Public task" },
    { value: "interest", label: "Legitimate interests", show_if: { field: "share", values: ["charity"] } },
  ];
  const fields = [field({ name: "share" }), field({ name: "basis", kind: "choice", choices })];
  const offered = (share: string) => askedFields(fields, { share })[1]?.choices?.map(({ value }) => value);
  expect(offered("school")).toEqual(["task"]);
  expect(offered("charity")).toEqual(["task", "interest"]);
  expect(givenAnswers(fields, { share: "charity", basis: "interest" })).toEqual({
    share: "charity",
    basis: "interest",
  });
  expect(givenAnswers(fields, { share: "school", basis: "interest" })).toEqual({ share: "school" });
});

it("leaves out pages on which nothing is asked", () => {
  const section = {
    name: "danger",
    title: "Danger",
    group: "",
    hint: "",
    status: "not_started" as const,
    missing: [],
    pages: [
      { name: "now", title: "Now", hint: "", fields: [field({ name: "danger_now", kind: "yes_no" })] },
      {
        name: "called",
        title: "Called",
        hint: "",
        fields: [field({ name: "called", show_if: { field: "danger_now", values: [true] } })],
      },
    ],
  };
  expect(askedPages(section, { danger_now: false }).map((page) => page.name)).toEqual(["now"]);
  expect(askedPages(section, { danger_now: true }).map((page) => page.name)).toEqual(["now", "called"]);
});

it("reads answers as a person would", () => {
  const choices = [
    { value: "a", label: "An aunt" },
    { value: "b", label: "A brother" },
  ];
  expect(answerLines(field({ kind: "choices", choices }), ["a", "b"])).toEqual(["An aunt", "A brother"]);
  expect(answerLines(field({ kind: "yes_no" }), false)).toEqual(["No"]);
  expect(answerLines(field({ kind: "date" }), "2015-03-01")).toEqual(["1 March 2015"]);
  expect(answerLines(field({ kind: "date" }), "2015-3-")).toEqual(["2015-3-"]);
  expect(answerLines(field({ kind: "text", not_known: true }), "not_known")).toEqual(["Not known"]);
  expect(answerLines(field({}), "")).toEqual([]);
  const list = field({
    kind: "list",
    fields: [field({ name: "name" }), field({ name: "who", kind: "choice", choices })],
  });
  expect(answerLines(list, [{ name: "Mo", who: "b" }])).toEqual(["Mo · A brother"]);
});

it("sends only what is asked and answered", () => {
  const fields = [
    field({ name: "told", kind: "yes_no" }),
    field({ name: "how", show_if: { field: "told", values: [true] } }),
    field({ name: "note", required: false }),
    field({ name: "questions", kind: "list", fields: [field({ name: "text" }), field({ name: "why" })] }),
  ];
  const values = { told: false, how: "phone", note: "", questions: [{ text: "What?", why: null }] };
  expect(givenAnswers(fields, values)).toEqual({ told: false, questions: [{ text: "What?" }] });
});

it("does not take No or nought for no answer", () => {
  expect(isEmpty(false)).toBe(false);
  expect(isEmpty(0)).toBe(false);
  expect(isEmpty([])).toBe(true);
});
