/** Another password. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors, send } from "../../api/client";
import { explain } from "../../lib/explain";
import { ErrorSummary } from "../../ui/errors";
import { Credential } from "../../ui/signing/credential";

const FIELDS = [
  { name: "current_password", label: "Password now", hint: undefined, autocomplete: "current-password" },
  {
    name: "new_password",
    label: "New password",
    hint: "15 characters or more: three or four words that do not belong together",
    autocomplete: "new-password",
  },
] as const;

interface Failure {
  reasons: string[];
  fields: FieldErrors;
}

function failureOf(error: unknown): Failure {
  const told = error instanceof ApiError && error.status === 400 ? (error.body.errors ?? []) : [];
  if (told.length === 0) return { reasons: explain(error), fields: {} };
  const fields: FieldErrors = {};
  for (const { param = "new_password", message = "" } of told) fields[param] = [...(fields[param] ?? []), message];
  return { reasons: [], fields };
}

export function ChangePassword() {
  const [values, setValues] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [done, setDone] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    const change = send("POST", "/_allauth/browser/v1/account/password/change", {
      body: values,
      reauthenticate: false,
    });
    const failed = await change.then(() => null, failureOf);
    setFailure(failed);
    setDone(failed === null);
    if (!failed) setValues({});
  };
  return (
    <section aria-labelledby="password">
      <h2 class="govuk-heading-m" id="password">
        Password
      </h2>
      <form onSubmit={submit} noValidate>
        {failure && <ErrorSummary {...failure} attempt={attempt} />}
        {done && <p role="status">Your password is changed. You are signed out everywhere else.</p>}
        {FIELDS.map(({ name, ...field }) => (
          <Credential
            key={name}
            {...field}
            name={name}
            type="password"
            value={values[name] ?? ""}
            errors={failure?.fields[name] ?? []}
            onInput={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
        <button type="submit" class="govuk-button govuk-button--secondary">
          Change password
        </button>
      </form>
    </section>
  );
}
