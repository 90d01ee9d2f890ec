/** Showing that it is still oneself, for what not even an unlocked screen may do; then the same request goes out again. */
import { ApiError } from "../../api/client";
import { explain } from "../../lib/explain";
import { session } from "../../session";
import {
  confirmInDemo,
  confirmWithCode,
  confirmWithPasskey,
  confirmWithPassword,
  giveUpAsking,
} from "../../signing_in";
import { Dialog } from "../dialog";
import { ByCode } from "./by_code";
import { ByPasskey } from "./by_passkey";
import { OneAnswer } from "./one_answer";
import { OneClick } from "./one_click";

const NO_WAY = "You have no password here. Sign out and in again, then do it within five minutes.";

export function ConfirmIdentity({ ways }: { ways: string[] }) {
  const name = session.value?.person?.name ?? "";
  return (
    <Dialog title="Confirm that it is you" onDismiss={giveUpAsking}>
      <p>You signed in more than five minutes ago, and for this we have to be sure that it is still you.</p>
      <p>What you typed is kept. We go on as soon as you have confirmed.</p>
      {ways.length === 0 && <p>{NO_WAY}</p>}
      {ways.includes("demo") && <OneClick label={`It is me, ${name}`} act={confirmInDemo} />}
      {ways.includes("webauthn") && <ByPasskey label="Use your passkey" act={confirmWithPasskey} />}
      {ways.includes("totp") && <ByCode hint="Six digits from the app" button="Confirm" send={confirmWithCode} />}
      {!ways.includes("totp") && ways.includes("password") && <ByPassword />}
      <button type="button" class="app-link-button" onClick={giveUpAsking}>
        Cancel
      </button>
    </Dialog>
  );
}

const WRONG = "The password is not right. Check it and try again.";

function ByPassword() {
  const confirm = async (password: string) => {
    try {
      await confirmWithPassword(password);
      return [];
    } catch (error) {
      return error instanceof ApiError && error.status === 400 ? [WRONG] : explain(error);
    }
  };
  return (
    <OneAnswer
      name="password"
      type="password"
      label="Password"
      missing="Enter your password"
      autocomplete="current-password"
      button="Confirm"
      send={confirm}
    />
  );
}
