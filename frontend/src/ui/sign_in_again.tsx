/** Signing in again over the page, when the session has ended: what was typed stays underneath. */
import { useState } from "preact/hooks";
import { explain } from "../lib/explain";
import { askingAgain, session, signInToDemo } from "../session";
import { Dialog } from "./dialog";
import { SignInForm } from "./sign_in_form";

export function SignInAgain() {
  if (!askingAgain.value) return null;
  return (
    <Dialog title="Sign in again">
      <p>
        You were signed out. What you typed is still here: sign in as {session.value?.person?.name} to go on where you
        were.
      </p>
      {session.value?.demo && <DemoAgain />}
      <SignInForm />
    </Dialog>
  );
}

function DemoAgain() {
  const [problem, setProblem] = useState<string[]>([]);
  const { person, membership } = session.value ?? {};
  if (!person || !membership) return null;
  const goOn = () => signInToDemo(membership.id).catch((error) => setProblem(explain(error)));
  return (
    <>
      <button type="button" class="govuk-button" onClick={goOn}>
        Go on as {person.name}
      </button>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
      <p>Or with a password:</p>
    </>
  );
}
