/** A known child beside the one in a referral: differences are told by words, and nothing of a hidden record is there. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import type { LikelyChild } from "../../src/api/types";
import { LikelyChildFacts } from "../../src/ui/comparison";

afterEach(cleanup);

const child = (given: Partial<LikelyChild> = {}): LikelyChild => ({
  id: "1",
  name: "Amina Example",
  date_of_birth: "2012-05-04",
  age: "14 years",
  strength: "Likely the same child",
  why: ["Same given name"],
  compared: [
    { name: "birth", label: "Date of birth", here: "5 April 2012", there: "4 May 2012", how: "near" },
    { name: "upn", label: "Unique pupil number", here: "", there: "A123456789012", how: "unknown" },
  ],
  contacts_12_months: 1,
  contacts_together: 2,
  contacts: [
    { reference: "R-AAA-AAAA1", sent_at: "2026-03-02T10:00:00Z", state_label: "Accepted", holder: "Front Door" },
  ],
  open_case: null,
  ...given,
});

it("says of each fact how the two compare", () => {
  render(<LikelyChildFacts child={child()} />);
  expect(screen.getByRole("row", { name: /Date of birth.*5 April 2012.*4 May 2012.*Almost/ })).toBeTruthy();
  expect(screen.getByRole("row", { name: /Unique pupil number.*Not known.*A123456789012.*Not known/ })).toBeTruthy();
});

it("counts earlier contacts together with this one, and shows no number of its own", () => {
  render(<LikelyChildFacts child={child()} />);
  expect(screen.getByText(/there were 2 contacts in the last 12 months/)).toBeTruthy();
  expect(screen.getByText("Likely the same child")).toBeTruthy();
});

it("says why a record is not shown", () => {
  render(<LikelyChildFacts child={child({ compared: [], contacts: [] })} />);
  expect(screen.queryByRole("table")).toBeNull();
  expect(screen.getByText(/another agency's/)).toBeTruthy();
});
