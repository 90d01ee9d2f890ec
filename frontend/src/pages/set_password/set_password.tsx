/** Choosing a password by a link: of an invitation, or of whoever forgot theirs. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors, send } from "../../api/client";
import type { Session } from "../../api/types";
import { explain } from "../../lib/explain";
import { takeToken } from "../../lib/link_token";
import { DeadLink } from "../../ui/dead_link";
import { ErrorSummary } from "../../ui/errors";
import { Page } from "../../ui/page";
import { Credential } from "../../ui/signing/credential";
import { Directories } from "../../ui/signing/directories";

interface Failure {
  reasons: string[];
  fields: FieldErrors;
}

const DIFFERENT = "The two are not the same. Type your password again in both.";
const FIELDS = [
  { name: "password", label: "Password" },
  { name: "again", label: "The same password again" },
] as const;

function wrongWith({ password = "", again = "" }: Record<string, string>): FieldErrors | null {
  if (!password) return { password: ["Enter a password"] };
  return password === again ? null : { again: [DIFFERENT] };
}

const failureOf = (error: unknown): Failure => {
  const fields = error instanceof ApiError ? error.fields : {};
  return { fields, reasons: Object.keys(fields).length > 0 ? [] : explain(error) };
};

export default function SetPassword() {
  const [token] = useState(takeToken);
  const [dead, setDead] = useState(!token);
  const [done, setDone] = useState(false);
  if (dead) return <Dead />;
  if (done) return <Done />;
  const keep = async (password: string): Promise<Failure | null> => {
    try {
      const next = await send<Session>("POST", "session/password/", {
        body: { token, password },
        reauthenticate: false,
      });
      arrive(next, () => setDone(true));
      return null;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) setDead(true);
      return failureOf(error);
    }
  };
  return <Choose keep={keep} token={token} />;
}

/** Whoever has no second step yet is signed in and goes on to set one up; whoever has one signs in with both. */
function arrive(next: Session, finish: () => void): void {
  if (next.signed_in) location.assign("/");
  else finish();
}

function Choose({ keep, token }: { keep: (password: string) => Promise<Failure | null>; token: string }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = wrongWith(values);
    setBusy(true);
    setFailure(wrong ? { reasons: [], fields: wrong } : await keep(values.password ?? ""));
    setAttempt(attempt + 1);
    setBusy(false);
  };
  return (
    <Page title="Choose your password" narrow hasErrors={failure !== null}>
      <form onSubmit={submit} noValidate>
        {failure && <ErrorSummary {...failure} attempt={attempt} />}
        <p class="govuk-body-l">Three or four words that have nothing to do with each other make a good one.</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>15 characters or more, at most 128</li>
          <li>not what everybody tries first: names, dates, keys that lie side by side</li>
          <li>nothing like your own name or email address</li>
        </ul>
        <p>Capitals, numbers and signs are up to you. It does not run out.</p>
        {FIELDS.map((field) => (
          <Credential
            key={field.name}
            {...field}
            type="password"
            autocomplete="new-password"
            value={values[field.name] ?? ""}
            errors={failure?.fields[field.name] ?? []}
            onInput={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <button type="submit" class="govuk-button" disabled={busy}>
          {busy ? "One moment…" : "Keep this password"}
        </button>
      </form>
      <Directories token={token} />
    </Page>
  );
}

function Done() {
  return (
    <Page key="done" title="Your password is changed" narrow>
      <p class="govuk-body-l">Everybody who was signed in as you is signed out. Sign in with your new password.</p>
      <a class="govuk-button" href="/">
        Sign in
      </a>
    </Page>
  );
}

function Dead() {
  return (
    <DeadLink>
      If you were invited, ask the manager who invited you to send it again. If you have a password,{" "}
      <a href="/">sign in</a>, or ask there for another link. If you still have the email, open the link in it again.
    </DeadLink>
  );
}
