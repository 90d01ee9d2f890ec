/** Every kind of field draws itself from its description, with label, hint and error tied to it. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FieldErrors } from "../../src/api/client";
import type { Field, Values } from "../../src/api/types";
import { FormFields } from "../../src/ui/fields/field";
import { field } from "../fields";

afterEach(cleanup);

/** A form that keeps its values, and tells what they became. */
function draw(fields: Field[], start: Values = {}, errors: FieldErrors = {}) {
  const changed = vi.fn<(name: string, value: unknown) => void>();
  function Form() {
    const [values, setValues] = useState(start);
    return (
      <FormFields
        fields={fields}
        values={values}
        errors={errors}
        onChange={(name, value) => {
          changed(name, value);
          setValues((old) => ({ ...old, [name]: value }));
        }}
      />
    );
  }
  render(<Form />);
  return changed;
}

const type = (element: HTMLElement, value: string) => fireEvent.input(element, { target: { value } });

describe("text", () => {
  it("is labelled, described by hint and error, and never completed by the browser", () => {
    draw(
      [field({ name: "school", label: "School", hint: "The one attended now" })],
      {},
      { school: ["Enter the school"] },
    );
    const input = screen.getByLabelText("School");
    expect(input.getAttribute("aria-describedby")).toBe("field-school-hint field-school-error");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(input.getAttribute("autocomplete")).toBe("off");
    expect(document.getElementById("field-school-error")?.textContent).toContain("Enter the school");
  });

  it("offers Not known, which empties the box, and typing which unticks it", () => {
    const changed = draw([field({ name: "school", label: "School", not_known: true })], { school: "Oak" });
    fireEvent.click(screen.getByLabelText(/Not known/));
    expect(changed).toHaveBeenLastCalledWith("school", "not_known");
    expect(screen.getByLabelText<HTMLInputElement>("School").value).toBe("");
    type(screen.getByLabelText("School"), "Elm");
    expect(screen.getByLabelText<HTMLInputElement>(/Not known/).checked).toBe(false);
  });

  it("marks what is optional", () => {
    draw([field({ label: "Known as", required: false })]);
    expect(screen.getByLabelText("Known as (optional)")).toBeTruthy();
  });

  it("counts only near the end", () => {
    draw([field({ kind: "long_text", label: "Why", max_length: 10 })], { thing: "1234567" });
    expect(screen.queryByRole("status")).toBeNull();
    type(screen.getByLabelText("Why"), "123456789");
    expect(screen.getByRole("status").textContent).toBe("1 character left");
  });
});

describe("choices", () => {
  const choices = [
    { value: "seen", label: "I saw it" },
    { value: "told", label: "I was told" },
  ];

  it("chooses nothing beforehand", () => {
    draw([field({ kind: "choice", choices }), field({ name: "safe", label: "Safe?", kind: "yes_no" })]);
    expect(screen.getAllByRole<HTMLInputElement>("radio").some((radio) => radio.checked)).toBe(false);
  });

  it("gives yes and no as true and false", () => {
    const changed = draw([field({ name: "safe", label: "Safe?", kind: "yes_no" })]);
    fireEvent.click(screen.getByLabelText("No"));
    expect(changed).toHaveBeenLastCalledWith("safe", false);
  });

  it("collects several", () => {
    const changed = draw([field({ kind: "choices", choices })]);
    fireEvent.click(screen.getByLabelText("I saw it"));
    fireEvent.click(screen.getByLabelText("I was told"));
    expect(changed).toHaveBeenLastCalledWith("thing", ["seen", "told"]);
    fireEvent.click(screen.getByLabelText("I saw it"));
    expect(changed).toHaveBeenLastCalledWith("thing", ["told"]);
  });

  it("becomes a select when there are more than twelve", () => {
    const many = Array.from({ length: 13 }, (_, index) => ({ value: `w${index}`, label: `Ward ${index}` }));
    const changed = draw([field({ kind: "choice", label: "Ward", choices: many })]);
    fireEvent.change(screen.getByLabelText("Ward"), { target: { value: "w3" } });
    expect(changed).toHaveBeenLastCalledWith("thing", "w3");
  });

  it("asks the follow-up of an answer", () => {
    const why = field({ name: "why", label: "Why?", show_if: { field: "thing", values: ["told"] } });
    draw([field({ kind: "choice", choices }), why]);
    expect(screen.queryByLabelText("Why?")).toBeNull();
    fireEvent.click(screen.getByLabelText("I was told"));
    expect(screen.getByLabelText("Why?")).toBeTruthy();
  });
});

describe("lists", () => {
  const list = field({
    name: "questions",
    label: "Questions",
    kind: "list",
    fields: [field({ name: "text", label: "What do you need to know?" })],
  });

  it("begins with one, adds and removes", () => {
    const changed = draw([list]);
    type(screen.getByLabelText("What do you need to know?"), "First");
    expect(changed).toHaveBeenLastCalledWith("questions", [{ text: "First" }]);
    fireEvent.click(screen.getByText("Add another"));
    expect(changed).toHaveBeenLastCalledWith("questions", [{ text: "First" }, {}]);
    fireEvent.click(screen.getAllByText("Remove")[0] as HTMLElement);
    expect(changed).toHaveBeenLastCalledWith("questions", [{}]);
  });

  it("shows an error at the field of one entry", () => {
    draw([list], { questions: [{}, {}] }, { "questions.1.text": ["Enter the question"] });
    const error = document.getElementById("field-questions-1-text-error");
    expect(error?.textContent).toContain("Enter the question");
  });
});
