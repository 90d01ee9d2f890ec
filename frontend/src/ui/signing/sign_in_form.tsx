/** Email address and password, or in the demonstration one of its people. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors } from "../../api/client";
import { explain } from "../../lib/explain";
import { signIn } from "../../signing_in";
import { ErrorSummary } from "../errors";
import { Credential } from "./credential";

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

/** What is wrong with an attempt, or null when it worked. */
async function tryToSignIn(email: string, password: string) {
  const missing = check(email, password);
  if (Object.keys(missing).length > 0) return { reasons: [], fields: missing };
  try {
    await signIn(email.trim(), password);
    return null;
  } catch (error) {
    return { reasons: reasonsFor(error), fields: {} };
  }
}

export function SignInForm({ onProblem }: { onProblem?: (has: boolean) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<{ reasons: string[]; fields: FieldErrors } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const failed = await tryToSignIn(email, password);
    setBusy(false);
    setAttempt(attempt + 1);
    setFailure(failed);
    onProblem?.(failed !== null);
  };

  const credential = {
    email: { value: email, onInput: setEmail },
    password: { value: password, onInput: setPassword },
  };
  return (
    <form onSubmit={submit} noValidate>
      {failure && <ErrorSummary {...failure} attempt={attempt} />}
      {CREDENTIALS.map((one) => (
        <Credential key={one.name} {...one} {...credential[one.name]} errors={failure?.fields[one.name] ?? []} />
      ))}
      <button type="submit" class="govuk-button" disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}

const CREDENTIALS = [
  { name: "email", type: "email", label: "Email address", autocomplete: "username" },
  { name: "password", type: "password", label: "Password", autocomplete: "current-password" },
] as const;
