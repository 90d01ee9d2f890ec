/** The error summary says the same sentences as the fields, takes focus and leads to them. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { ErrorSummary } from "../../src/ui/errors";
import { FormFields } from "../../src/ui/fields/field";
import { field } from "../fields";

afterEach(cleanup);

const errors = { reason: ["Choose a reason"], "questions.0.text": ["Enter the question"] };

it("takes focus when it appears, and again after another attempt", () => {
  const { rerender } = render(<ErrorSummary fields={errors} attempt={1} />);
  const box = screen.getByText("There is a problem").closest("[tabindex]");
  expect(document.activeElement).toBe(box);
  (document.activeElement as HTMLElement).blur();
  rerender(<ErrorSummary fields={errors} attempt={2} />);
  expect(document.activeElement).toBe(box);
});

it("lists reasons and fields, and moves to the field", () => {
  render(
    <>
      <ErrorSummary reasons={["It was decided already."]} fields={errors} />
      <FormFields
        fields={[field({ name: "reason", label: "Reason" })]}
        values={{}}
        errors={errors}
        onChange={() => {}}
      />
    </>,
  );
  expect(screen.getByText("It was decided already.")).toBeTruthy();
  const link = screen.getByRole("link", { name: "Choose a reason" });
  expect(link.getAttribute("href")).toBe("#field-reason");
  fireEvent.click(link);
  expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
  expect(screen.getAllByText(/Choose a reason/)).toHaveLength(2);
});
