/** How it stands with the invitation of somebody who has not signed in yet: sent again, withdrawn. */
import { useState } from "preact/hooks";
import type { PersonDetail } from "../../api/types";
import { useAction } from "../../lib/action";
import { ErrorSummary } from "../../ui/errors";
import { asOption } from "./place";

interface Way {
  name: string;
  label: string;
  done: string;
}

const AGAIN: Omit<Way, "label"> = {
  name: "invite",
  done: "It is on its way. The link works once, within three days; any link from before works no more.",
};
const WITHDRAW: Way = {
  name: "withdraw-invitation",
  label: "Withdraw the invitation",
  done: "It is withdrawn: its link works no more. If that was a mistake, send it again.",
};

export function Invitation({ person, reload }: { person: PersonDetail; reload: () => Promise<void> }) {
  const [said, setSaid] = useState<string[]>([]);
  if (!person.may_invite) return null;
  const done = async (sentence: string) => {
    await reload();
    setSaid([...said, sentence]);
  };
  return (
    <section aria-labelledby="invitation">
      <h2 class="govuk-heading-m" id="invitation">
        Invitation
      </h2>
      <p>{person.invited || "No password has been chosen."}</p>
      <p role="status">{said.at(-1)}</p>
      {/* What is done next is another act, with a key of its own. */}
      <Ways key={said.length} person={person} done={done} />
    </section>
  );
}

function Ways({ person, done }: { person: PersonDetail; done: (sentence: string) => Promise<void> }) {
  const action = useAction();
  const again: Way = { ...AGAIN, label: person.invited ? "Send it again" : "Send an invitation" };
  const ways = person.may_withdraw_invitation ? [again, WITHDRAW] : [again];
  const act = async (way: Way) => {
    const url = `/api/v1/people/${person.id}/${way.name}/`;
    if (await action.submit(asOption(way.label, url, []), undefined)) await done(way.done);
  };
  return (
    <>
      {action.failure && <ErrorSummary reasons={action.failure.reasons} attempt={action.attempt} />}
      <div class="govuk-button-group">
        {ways.map((way) => (
          <button
            key={way.name}
            type="button"
            class="govuk-button govuk-button--secondary"
            disabled={action.busy}
            onClick={() => act(way)}
          >
            {way.label}
          </button>
        ))}
      </div>
    </>
  );
}
