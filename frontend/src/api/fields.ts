/** A form as the API describes it: its fields, what an answer can be, and the acts that ask for it. */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** An answer of a form: the schema says "any", and this is what any can be. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Values = Record<string, Value>;

export type FieldKind =
  | "text"
  | "long_text"
  | "choice"
  | "choices"
  | "date"
  | "datetime"
  | "yes_no"
  | "number"
  | "agency"
  | "person"
  | "practitioner"
  | "readers"
  | "child_match"
  | "record"
  | "service"
  | "list"
  | "answers";

/** A field is asked only when another field has one of these values. */
export interface ShowIf {
  field: string;
  values: Value[];
}

export type Choice = Pick<Schemas["ChoiceShape"], "value" | "label"> & Partial<Schemas["ChoiceShape"]>;

export interface Field extends Omit<Schemas["DescriptorShape"], "kind" | "choices" | "fields" | "show_if" | "value"> {
  kind: FieldKind;
  /** What the form begins with, where something that stands is changed as a whole. */
  value?: Value;
  choices: Choice[] | null;
  fields: Field[] | null;
  show_if: ShowIf | null;
}

/** What may be done, and what it asks. */
export interface Option extends Omit<Schemas["OptionShape"], "input" | "preview_url" | "draft_url"> {
  input: Field[];
  preview_url?: string;
  draft_url?: string;
}

export type WithOptions<Shape> = Omit<Shape, "options"> & { options: Option[] };
export type Confirmation = WithOptions<Schemas["ConfirmationShape"]>;
