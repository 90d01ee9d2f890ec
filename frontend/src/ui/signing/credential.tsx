/** One thing by which somebody shows who they are: an address, a password, a code. */
import { ErrorMessage } from "../errors";

export interface CredentialProps {
  name: string;
  label: string;
  hint?: string;
  type: "email" | "password" | "text";
  autocomplete: string;
  inputMode?: "numeric" | "text";
  value: string;
  errors: string[];
  onInput: (value: string) => void;
}

export function Credential({ name, label, hint, type, value, errors, onInput, ...more }: CredentialProps) {
  const id = `field-${name}`;
  const bad = errors.length > 0;
  const described = [hint && `${id}-hint`, bad && `${id}-error`].filter(Boolean).join(" ");
  const common = {
    ...more,
    class: `govuk-input govuk-input--width-20${bad ? " govuk-input--error" : ""}`,
    id,
    name,
    spellcheck: false,
    value,
    "aria-describedby": described || undefined,
    "aria-invalid": bad || undefined,
    onInput: (event: InputEvent) => onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class={`govuk-form-group${bad ? " govuk-form-group--error" : ""}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {hint && (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      <ErrorMessage id={`${id}-error`} sentences={errors} />
      {type === "email" && <input {...common} type="email" />}
      {type === "password" && <input {...common} type="password" />}
      {type === "text" && <input {...common} type="text" />}
    </div>
  );
}
