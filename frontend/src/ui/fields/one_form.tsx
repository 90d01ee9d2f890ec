/** A form that the API describes, on a page of its own: what is wrong at the top, the fields, and one button. */
import type { ComponentChildren } from "preact";
import type { Field } from "../../api/types";
import type { Action } from "../../lib/action";
import { ErrorSummary } from "../errors";
import { FormFields } from "./field";

interface OneFormProps {
  action: Action;
  fields: Field[];
  heading: string;
  /** What the button says, and while it is being done. */
  does: string;
  doing: string;
  onSubmit: () => Promise<void>;
  children?: ComponentChildren;
}

export function OneForm({ action, fields, heading, does, doing, onSubmit, children }: OneFormProps) {
  const { failure } = action;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate autocomplete="off">
      {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={action.attempt} />}
      {children}
      <FormFields
        fields={fields}
        values={action.values}
        errors={failure?.fields ?? {}}
        heading={heading}
        onChange={action.set}
      />
      <button type="submit" class="govuk-button" disabled={action.busy}>
        {action.busy ? doing : does}
      </button>
    </form>
  );
}
