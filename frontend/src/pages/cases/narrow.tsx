/** Narrows a list of cases by what lives in the address: the fields come from the API, nothing of a child is in them. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Field, Values } from "../../api/types";
import { FormFields } from "../../ui/fields/field";

/** Of an address only what the list knows is passed on. */
export function askedFor(query: Record<string, string>, fields: Field[]): URLSearchParams {
  const asked = new URLSearchParams();
  for (const { name } of fields) {
    if (query[name]) asked.set(name, query[name]);
  }
  return asked;
}

interface Props {
  label: string;
  fields: Field[];
  asked: URLSearchParams;
  onApply: (next: URLSearchParams) => void;
  children?: ComponentChildren;
}

export function Narrow({ label, fields, asked, onApply, children }: Props) {
  const [values, setValues] = useState<Values>(Object.fromEntries(asked));
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== "");
    onApply(new URLSearchParams(given.map(([name, value]) => [name, String(value).trim()])));
  };
  return (
    <form class="app-search" aria-label={label} onSubmit={apply} noValidate autocomplete="off">
      {children}
      <FormFields
        fields={fields}
        values={values}
        errors={{}}
        onChange={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
      />
      <button type="submit" class="govuk-button">
        Show cases
      </button>
    </form>
  );
}
