/** Email address and password, or in the demonstration one of its people. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors } from "../api/client";
import { explain } from "../lib/explain";
import { signIn } from "../session";
import { ErrorMessage, ErrorSummary } from "./errors";

const WRONG = "The email address or password is not right. Check both and try again.";

function check(email: string, password: string): FieldErrors {
  const errors: FieldErrors = {};
  if (!email.trim()) errors.email = ["Enter your email address"];
  if (!password) errors.password = ["Enter your password"];
  return errors;
}

function reasonsFor(error: unknown): string[] {
  if (error instanceof ApiError && (error.status === 400 || error.status === 401)) return [WRONG];
  return explain(error);
}

export function SignInForm({ onProblem }: { onProblem?: (has: boolean) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [fields, setFields] = useState<FieldErrors>({});
  const [reasons, setReasons] = useState<string[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const missing = check(email, password);
    setFields(missing);
    setReasons([]);
    setAttempt(attempt + 1);
    onProblem?.(Object.keys(missing).length > 0);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      setReasons(reasonsFor(error));
      onProblem?.(true);
    } finally {
      setBusy(false);
    }
  };

  const failed = reasons.length > 0 || Object.keys(fields).length > 0;
  return (
    <form onSubmit={submit} noValidate>
      {failed && <ErrorSummary reasons={reasons} fields={fields} attempt={attempt} />}
      <Credential
        name="email"
        label="Email address"
        type="email"
        autocomplete="username"
        value={email}
        errors={fields.email ?? []}
        onInput={setEmail}
      />
      <Credential
        name="password"
        label="Password"
        type="password"
        autocomplete="current-password"
        value={password}
        errors={fields.password ?? []}
        onInput={setPassword}
      />
      <button type="submit" class="govuk-button" disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}

interface CredentialProps {
  name: string;
  label: string;
  type: "email" | "password";
  autocomplete: string;
  value: string;
  errors: string[];
  onInput: (value: string) => void;
}

function Credential({ name, label, type, autocomplete, value, errors, onInput }: CredentialProps) {
  const id = `field-${name}`;
  const bad = errors.length > 0;
  const common = {
    class: `govuk-input govuk-input--width-20${bad ? " govuk-input--error" : ""}`,
    id,
    name,
    autocomplete,
    spellcheck: false,
    value,
    "aria-describedby": bad ? `${id}-error` : undefined,
    "aria-invalid": bad || undefined,
    onInput: (event: InputEvent) => onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class={`govuk-form-group${bad ? " govuk-form-group--error" : ""}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      <ErrorMessage id={`${id}-error`} sentences={errors} />
      {type === "email" ? <input {...common} type="email" /> : <input {...common} type="password" />}
    </div>
  );
}
