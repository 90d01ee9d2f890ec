/** After the password: the second factor of whoever has one. */
import { signInWithCode, signInWithPasskey } from "../../signing_in";
import { ByCode } from "./by_code";
import { ByPasskey } from "./by_passkey";

const HINT = "Six digits from the app on your phone. If you have lost it, one of your recovery codes.";
const CODE_ONLY = "If you have no passkey at hand: one of your recovery codes.";

export function SecondStep({ types }: { types: string[] }) {
  const hasApp = types.includes("totp");
  return (
    <section aria-labelledby="second-step">
      <h2 class="govuk-heading-m" id="second-step">
        Show in a second way that it is you
      </h2>
      {types.includes("webauthn") && <ByPasskey label="Use your passkey" act={() => signInWithPasskey(true)} />}
      <ByCode hint={hasApp ? HINT : CODE_ONLY} button="Sign in" send={signInWithCode} />
      <p>
        Lost all of them? A manager of your agency can reset your second step: then sign in again with your password.
      </p>
    </section>
  );
}
