/** Field descriptions for tests, with everything optional left at its plainest. */
import type { Field } from "../src/api/types";

export function field(given: Partial<Field>): Field {
  return {
    name: "thing",
    label: "Thing",
    hint: "",
    kind: "text",
    required: true,
    choices: null,
    max_length: null,
    fields: null,
    show_if: null,
    not_known: false,
    ...given,
  };
}
