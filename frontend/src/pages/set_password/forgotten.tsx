/** Whoever has forgotten their password asks for a link; the answer is the same whoever asks. */
import { useState } from "preact/hooks";
import { ApiError, send } from "../../api/client";
import { explain } from "../../lib/explain";
import { Page } from "../../ui/page";
import { OneAnswer } from "../../ui/signing/one_answer";

export default function Forgotten() {
  const [asked, setAsked] = useState(false);
  const ask = async (email: string): Promise<string[]> => {
    try {
      await send("POST", "session/forgotten/", { body: { email: email.trim() }, reauthenticate: false });
      setAsked(true);
      return [];
    } catch (error) {
      return (error instanceof ApiError && error.fields.email) || explain(error);
    }
  };
  if (asked) return <Asked />;
  return (
    <Page title="I have forgotten my password" back={{ href: "/", label: "Sign in" }} narrow>
      <p class="govuk-body-l">We send you a link by which you choose another one.</p>
      <OneAnswer
        name="email"
        type="email"
        label="Email address at work"
        missing="Enter your email address"
        autocomplete="username"
        button="Send me a link"
        send={ask}
      />
    </Page>
  );
}

function Asked() {
  return (
    <Page key="asked" title="Look at your email" back={{ href: "/", label: "Sign in" }} narrow>
      <p class="govuk-body-l">
        If somebody signs in here with this address and a password, a link is on its way. It works once, for two hours.
      </p>
      <p>
        Nothing after ten minutes? Look among unwanted email, and whether the address is the one your agency knows. If
        you were invited and have never signed in, ask your manager to send the invitation again.
      </p>
    </Page>
  );
}
