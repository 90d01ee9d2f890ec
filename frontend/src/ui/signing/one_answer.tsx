/** A form of one field by which somebody shows who they are. */
import { useState } from "preact/hooks";
import { ErrorSummary } from "../errors";
import { Credential, type CredentialProps } from "./credential";

interface Props extends Pick<CredentialProps, "name" | "label" | "hint" | "type" | "autocomplete" | "inputMode"> {
  missing: string;
  button: string;
  /** Answers what is wrong with it, nothing where it was right. */
  send: (value: string) => Promise<string[]>;
}

export function OneAnswer({ missing, button, send, ...field }: Props) {
  const [value, setValue] = useState("");
  const [errors, setErrors] = useState<string[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const wrong = value.trim() ? await send(value) : [missing];
    setBusy(false);
    setErrors(wrong);
    setAttempt(attempt + 1);
  };
  return (
    <form onSubmit={submit} noValidate>
      {errors.length > 0 && <ErrorSummary fields={{ [field.name]: errors }} attempt={attempt} />}
      <Credential {...field} value={value} errors={errors} onInput={setValue} />
      <button type="submit" class="govuk-button" disabled={busy}>
        {busy ? "One moment…" : button}
      </button>
    </form>
  );
}
