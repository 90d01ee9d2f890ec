/** The form of a search: what is wrong at the top, the fields, one button, and what was found told to everybody. */
import type { ComponentChildren } from "preact";
import type { Field } from "../../api/types";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import type { Searching } from "./searching";

interface Props<T> {
  search: Searching<T>;
  fields: Field[];
  /** What the search is for, said above it. */
  children: ComponentChildren;
  results: (found: T) => ComponentChildren;
}

export function SearchForm<T>({ search, fields, children, results }: Props<T>) {
  const { values, found, failure, attempt, busy } = search.state.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void search.look();
  };
  return (
    <>
      {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />}
      {children}
      <form class="app-narrow" onSubmit={submit} noValidate autocomplete="off">
        <FormFields fields={fields} values={values} errors={failure?.fields ?? {}} onChange={search.set} />
        <button type="submit" class="govuk-button" disabled={busy}>
          {busy ? "Looking…" : "Find"}
        </button>
      </form>
      <div role="status">{found && results(found)}</div>
    </>
  );
}
