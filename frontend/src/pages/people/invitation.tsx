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
  const action = useAction(reload);
  const [said, setSaid] = useState("");
  const act = async ({ name, label, done }: Way) => {
    setSaid("");
    const url = `/api/v1/people/${person.id}/${name}/`;
    if (!(await action.submit(asOption(label, url, []), undefined))) return;
    setSaid(done);
    await reload();
  };
  if (!person.may_invite) return null;
  const again: Way = { ...AGAIN, label: person.invited ? "Send it again" : "Send an invitation" };
  const ways = person.may_withdraw_invitation ? [again, WITHDRAW] : [again];
  return (
    <section aria-labelledby="invitation">
      <h2 class="govuk-heading-m" id="invitation">
        Invitation
      </h2>
      {action.failure && <ErrorSummary reasons={action.failure.reasons} attempt={action.attempt} />}
      <p>{person.invited || "No password has been chosen yet, and no invitation was sent."}</p>
      <p role="status">{said}</p>
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
    </section>
  );
}
