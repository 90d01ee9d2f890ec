/** Over the page, which stays underneath with what was typed: signing in again, or showing that it is still oneself. */
import { asking, session } from "../../session";
import { signInToDemo } from "../../signing_in";
import { Dialog } from "../dialog";
import { ConfirmIdentity } from "./confirm_identity";
import { OneClick } from "./one_click";
import { SignInForm } from "./sign_in_form";

export function SignInAgain() {
  const asked = asking.value;
  if (!asked) return null;
  if (asked.ways) return <ConfirmIdentity ways={asked.ways} />;
  const { person, membership, demo } = session.value ?? {};
  return (
    <Dialog title="Sign in again">
      <p>You were signed out. What you typed is still here: sign in as {person?.name} to go on where you were.</p>
      {demo && person && membership && (
        <>
          <OneClick label={`Go on as ${person.name}`} act={() => signInToDemo(membership.id)} />
          <p>Or with a password:</p>
        </>
      )}
      <SignInForm />
    </Dialog>
  );
}
