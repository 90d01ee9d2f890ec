/** What every field has around it: label or legend, hint, error, and the tick "Not known". */
import type { ComponentChildren } from "preact";
import type { FieldErrors } from "../../api/client";
import type { Field, Value, Values } from "../../api/types";
import { NOT_KNOWN } from "../../lib/answers";
import { ErrorMessage, fieldId } from "../errors";

export interface FieldProps {
  field: Field;
  /** The name within the whole form: "questions.0.text" for a field of a list. */
  name: string;
  value: Value | undefined;
  errors: FieldErrors;
  onChange: (value: Value) => void;
  /** The page's heading says the label already. */
  quiet?: boolean;
  /** The other answers of the form, for lists of fields that depend on each other. */
  values?: Values;
}

export const errorsAt = (errors: FieldErrors, name: string): string[] => errors[name] ?? [];

/** Ids of hint and error, for aria-describedby. */
export function described({ field, name, errors }: FieldProps): string | undefined {
  const id = fieldId(name);
  const ids = [field.hint && `${id}-hint`, errorsAt(errors, name).length > 0 && `${id}-error`];
  return ids.filter(Boolean).join(" ") || undefined;
}

export function labelText({ label, required, asked }: Field): string {
  return required || asked ? label : `${label} (optional)`;
}

export function Hint({ field, name }: { field: Field; name: string }) {
  if (!field.hint) return null;
  return (
    <div id={`${fieldId(name)}-hint`} class="govuk-hint">
      {field.hint}
    </div>
  );
}

const groupClass = (bad: boolean) => `govuk-form-group${bad ? " govuk-form-group--error" : ""}`;

/** A single control with its own label. */
export function Labelled(props: FieldProps & { children: ComponentChildren }) {
  const { field, name, errors, quiet, children } = props;
  const sentences = errorsAt(errors, name);
  return (
    <div class={groupClass(sentences.length > 0)}>
      <label class={`govuk-label ${quiet ? "govuk-visually-hidden" : "govuk-label--s"}`} for={fieldId(name)}>
        {labelText(field)}
      </label>
      <Hint field={field} name={name} />
      <ErrorMessage id={`${fieldId(name)}-error`} sentences={sentences} />
      {children}
    </div>
  );
}

/** Several controls under one legend. */
export function Grouped(props: FieldProps & { children: ComponentChildren }) {
  const { field, name, errors, quiet, children } = props;
  const sentences = errorsAt(errors, name);
  return (
    <div class={groupClass(sentences.length > 0)}>
      <fieldset class="govuk-fieldset" aria-describedby={described(props)}>
        <legend class={`govuk-fieldset__legend ${quiet ? "govuk-visually-hidden" : "govuk-fieldset__legend--s"}`}>
          {labelText(field)}
        </legend>
        <Hint field={field} name={name} />
        <ErrorMessage id={`${fieldId(name)}-error`} sentences={sentences} />
        {children}
      </fieldset>
    </div>
  );
}

/** Offers "Not known" as an answer of its own beside a control that holds text, a number or a date. */
export function NotKnown({ field, name, value, onChange }: FieldProps) {
  if (!field.not_known) return null;
  const id = `${fieldId(name)}-not-known`;
  return (
    <div class="govuk-checkboxes govuk-checkboxes--small app-not-known">
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          type="checkbox"
          checked={value === NOT_KNOWN}
          onChange={(event) => onChange(event.currentTarget.checked ? NOT_KNOWN : null)}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          Not known<span class="govuk-visually-hidden">: {field.label}</span>
        </label>
      </div>
    </div>
  );
}

/** The text to show in the control: nothing while "Not known" is ticked. */
export function shownText({ field, value }: FieldProps): string {
  if (value === null || value === undefined || (field.not_known && value === NOT_KNOWN)) return "";
  return String(value);
}
