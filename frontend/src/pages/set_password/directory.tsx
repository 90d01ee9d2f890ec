/** Back from the sign-in of one's agency: what it gave us is taken out of the address and looked at once. */
import { useEffect, useState } from "preact/hooks";
import { send } from "../../api/client";
import { explain } from "../../lib/explain";
import { Page } from "../../ui/page";
import { SecondStep } from "../../ui/signing/second_step";

interface Came {
  echo: string;
  code: string;
}

function takeAnswer(): Came {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", location.pathname);
  return { echo: query.get("state") ?? "", code: query.get("code") ?? "" };
}

const GAVE_UP = "You did not sign in there, or were not let in. Start again, or ask whoever looks after your account.";

export default function BackFromDirectory() {
  const [came] = useState(takeAnswer);
  const [types, setTypes] = useState<string[]>([]);
  const [refused, setRefused] = useState<string[]>(came.code ? [] : [GAVE_UP]);
  useEffect(() => {
    if (!came.code) return;
    const finish = send<{ second_step: string[] }>("POST", "session/directory/finish/", {
      body: came,
      reauthenticate: false,
    });
    finish.then(
      ({ second_step: asked }) => (asked.length > 0 ? setTypes(asked) : location.assign("/")),
      (error) => setRefused(explain(error)),
    );
  }, []);
  if (types.length > 0) return <Step types={types} />;
  if (refused.length > 0) return <Refused reasons={refused} />;
  return (
    <Page title="Signing you in" narrow>
      <p role="status">One moment…</p>
    </Page>
  );
}

function Step({ types }: { types: string[] }) {
  return (
    <Page key="step" title="One step more" narrow>
      <SecondStep types={types} />
    </Page>
  );
}

function Refused({ reasons }: { reasons: string[] }) {
  return (
    <Page key="refused" title="We could not sign you in" narrow>
      {reasons.map((line) => (
        <p class="govuk-body-l" key={line}>
          {line}
        </p>
      ))}
      <a class="govuk-button" href="/">
        Sign in
      </a>
    </Page>
  );
}
