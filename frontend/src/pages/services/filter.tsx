/** The form of words and filters: applied together by its button, each one in force shown and removable. */
import { useState } from "preact/hooks";
import type { Field, Value, Values } from "../../api/types";
import { fieldId } from "../../ui/errors";

interface Props {
  fields: Field[];
  asked: URLSearchParams;
  onApply: (next: URLSearchParams) => void;
}

const WORDS = "q";

/** An address holds texts; a yes-or-no question holds true. */
function read(field: Field, text: string | null): Value {
  if (text === null) return null;
  return field.kind === "yes_no" ? text === "true" : text;
}

function write(asked: URLSearchParams, values: Values): URLSearchParams {
  const next = new URLSearchParams();
  const view = asked.get("view");
  if (view) next.set("view", view);
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== "" && value !== false) next.set(name, String(value).trim());
  }
  return next;
}

export function ServiceFilter({ fields, asked, onApply }: Props) {
  const given = Object.fromEntries(fields.map((field) => [field.name, read(field, asked.get(field.name))]));
  const [values, setValues] = useState<Values>({ [WORDS]: asked.get(WORDS) ?? "", ...given });
  const chosen = fields.filter((field) => asked.has(field.name));
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    onApply(write(asked, values));
  };
  return (
    <form class="app-search" aria-label="Services" onSubmit={apply} noValidate autocomplete="off">
      <label class="govuk-label govuk-label--s" for={fieldId(WORDS)}>
        What are you looking for?
      </label>
      <input
        class="govuk-input"
        id={fieldId(WORDS)}
        type="search"
        maxLength={100}
        value={String(values[WORDS] ?? "")}
        onInput={(event) => setValues({ ...values, [WORDS]: event.currentTarget.value })}
      />
      <details class="app-filter" open={matchMedia("(min-width: 48em)").matches || chosen.length > 0}>
        <summary class="app-filter__summary">
          <h2 class="govuk-heading-s">Filter</h2>
        </summary>
        <Chosen fields={chosen} asked={asked} onApply={onApply} />
        {fields.map((field) => (
          <Narrow
            key={field.name}
            field={field}
            value={values[field.name] ?? null}
            onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))}
          />
        ))}
      </details>
      <button type="submit" class="govuk-button">
        Show services
      </button>
    </form>
  );
}

/** One filter: any of it will do unless something is chosen, so nothing here is called optional. */
function Narrow({ field, value, onChange }: { field: Field; value: Value; onChange: (value: Value) => void }) {
  const id = fieldId(field.name);
  if (field.kind === "yes_no") {
    return (
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            id={id}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
          <label class="govuk-label govuk-checkboxes__label" for={id}>
            {field.label}
          </label>
        </div>
      </div>
    );
  }
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={id}>
        {field.label}
      </label>
      {field.choices ? (
        <select class="govuk-select" id={id} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">Any</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          class="govuk-input govuk-input--width-3"
          id={id}
          type="text"
          inputMode="numeric"
          maxLength={2}
          value={String(value ?? "")}
          onInput={(event) => onChange(event.currentTarget.value.replace(/\D/g, ""))}
        />
      )}
    </div>
  );
}

function wordsOf(field: Field, value: string | null): string {
  if (field.kind === "yes_no") return field.label;
  return field.choices?.find((choice) => choice.value === value)?.label ?? `${field.label} ${value}`;
}

function Chosen({ fields, asked, onApply }: Props) {
  if (fields.length === 0) return null;
  const without = (name: string) => {
    const next = new URLSearchParams(asked);
    next.delete(name);
    onApply(next);
  };
  return (
    <ul class="moj-filter-tags">
      {fields.map((field) => (
        <li key={field.name}>
          <button type="button" class="app-filter__tag" onClick={() => without(field.name)}>
            <span class="govuk-visually-hidden">Remove the filter </span>
            {wordsOf(field, asked.get(field.name))} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
