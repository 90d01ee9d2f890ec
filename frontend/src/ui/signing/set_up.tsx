/** Setting up a second factor: an app on a phone, or a passkey; then the recovery codes, once. */
import { useState } from "preact/hooks";
import { send } from "../../api/client";
import type { NewApp } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Problem } from "../problem";
import { ByCode } from "./by_code";
import { ByPasskey } from "./by_passkey";
import { addPasskey, canUsePasskeys } from "./passkeys";
import { RecoveryCodes } from "./recovery_codes";

const FACTORS = "/_allauth/browser/v1/account/authenticators";

/** `has` are the kinds that are there already: there is one app, and as many passkeys as somebody likes. */
export function SetUp({ has, onDone }: { has: string[]; onDone: () => void }) {
  const [added, setAdded] = useState(false);
  if (added && has.length === 0) return <RecoveryCodes onDone={onDone} />;
  const done = () => (has.length === 0 ? setAdded(true) : onDone());
  const passkey = async () => {
    await addPasskey(`${FACTORS}/webauthn`, new Date().toLocaleDateString("en-GB", { dateStyle: "long" }));
    done();
  };
  return (
    <>
      {canUsePasskeys() && (
        <section aria-labelledby="by-passkey">
          <h2 class="govuk-heading-m" id="by-passkey">
            With a passkey
          </h2>
          <p>Your fingerprint, your face, the PIN of this computer, or a security key. It is the quickest way.</p>
          <ByPasskey label="Make a passkey" act={passkey} />
        </section>
      )}
      {!has.includes("totp") && <App onDone={done} />}
    </>
  );
}

function App({ onDone }: { onDone: () => void }) {
  const resource = useResource<NewApp>("session/new-app/");
  const given = resource.data.value;
  const activate = async (code: string) => {
    await send("POST", `${FACTORS}/totp`, { body: { code }, reauthenticate: false });
    onDone();
  };
  return (
    <section aria-labelledby="by-app">
      <h2 class="govuk-heading-m" id="by-app">
        With an app on your phone
      </h2>
      <p>Any authenticator app does it. Let it read this picture, then type the six digits that it shows.</p>
      {resource.error.value !== null && <Problem error={resource.error.value} retry={resource.load} />}
      {given && (
        <>
          <svg
            class="app-qr"
            role="img"
            aria-label="Picture to be read by the app"
            viewBox={`-4 -4 ${given.picture.size + 8} ${given.picture.size + 8}`}
          >
            <path d={given.picture.path} />
          </svg>
          <p>
            Or type this key into the app: <code class="app-key">{given.secret}</code>
          </p>
          <ByCode label="Code from the app" hint="Six digits" button="Turn it on" send={activate} />
        </>
      )}
    </section>
  );
}
