/** Email address and password, then the second factor; or a passkey, which is both. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors } from "../../api/client";
import { explain } from "../../lib/explain";
import { signIn, signInWithPasskey } from "../../signing_in";
import { ErrorSummary } from "../errors";
import { ByPasskey } from "./by_passkey";
import { Credential } from "./credential";
import { SecondStep } from "./second_step";

const WRONG = "The email address or password is not right. Check both and try again.";
const TOO_MANY = "Too many tries from here. Wait five minutes, then try again.";

function check(email: string, password: string): FieldErrors {
  const errors: FieldErrors = {};
  if (!email.trim()) errors.email = ["Enter your email address"];
  if (!password) errors.password = ["Enter your password"];
  return errors;
}

function reasonsFor(error: unknown): string[] {
  if (error instanceof ApiError && error.body.errors?.some(({ code }) => code === "too_many_login_attempts")) {
    return [TOO_MANY];
  }
  if (error instanceof ApiError && (error.status === 400 || error.status === 401)) return [WRONG];
  return explain(error);
}

interface Attempted {
  failure: { reasons: string[]; fields: FieldErrors } | null;
  /** The kinds of second factor that are asked for after the right password. */
  types: string[];
}

async function tryToSignIn(email: string, password: string): Promise<Attempted> {
  const missing = check(email, password);
  if (Object.keys(missing).length > 0) return { failure: { reasons: [], fields: missing }, types: [] };
  try {
    return { failure: null, types: await signIn(email.trim(), password) };
  } catch (error) {
    return { failure: { reasons: reasonsFor(error), fields: {} }, types: [] };
  }
}

export function SignInForm({ onProblem }: { onProblem?: (has: boolean) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [{ failure, types }, setAttempted] = useState<Attempted>({ failure: null, types: [] });
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const attempted = await tryToSignIn(email, password);
    setBusy(false);
    setAttempt(attempt + 1);
    setAttempted(attempted);
    onProblem?.(attempted.failure !== null);
  };

  const credential = {
    email: { value: email, onInput: setEmail },
    password: { value: password, onInput: setPassword },
  };
  if (types.length > 0) return <SecondStep types={types} />;
  return (
    <form onSubmit={submit} noValidate>
      {failure && <ErrorSummary {...failure} attempt={attempt} />}
      {CREDENTIALS.map((one) => (
        <Credential key={one.name} {...one} {...credential[one.name]} errors={failure?.fields[one.name] ?? []} />
      ))}
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </button>
        <ByPasskey secondary label="Sign in with a passkey" act={() => signInWithPasskey(false)} />
      </div>
    </form>
  );
}

const CREDENTIALS = [
  { name: "email", type: "email", label: "Email address", autocomplete: "username" },
  { name: "password", type: "password", label: "Password", autocomplete: "current-password" },
] as const;
