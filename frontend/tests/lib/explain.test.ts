/** Every failure becomes a sentence; the server's own words come first. */
import { expect, it } from "vitest";
import { ApiError } from "../../src/api/client";
import { explain } from "../../src/lib/explain";

it("repeats the server's reasons", () => {
  expect(explain(new ApiError(409, { code: "wrong_state", reasons: ["It was decided already."] }))).toEqual([
    "It was decided already.",
  ]);
});

it.each([0, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503])("has a sentence for %i", (status) => {
  const [sentence] = explain(new ApiError(status, {}));
  expect(sentence).toMatch(/^[A-Z].+\.$/);
});

it("says how long to wait", () => {
  expect(explain(new ApiError(429, {}, 30))[0]).toContain("30 seconds");
  expect(explain(new ApiError(429, {}, 300))[0]).toContain("5 minutes");
});

it("does not show a programming error to anybody", () => {
  expect(explain(new TypeError("x is undefined"))[0]).not.toContain("undefined");
});
