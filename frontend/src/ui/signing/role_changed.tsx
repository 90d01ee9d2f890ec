/** Over the page, which stays underneath with what was typed: another window of this browser acts in another role now. */
import { useState } from "preact/hooks";
import type { Session } from "../../api/types";
import { changeBack, elsewhere, followRole } from "../../changing_role";
import { explain } from "../../lib/explain";
import { session } from "../../session";
import { Dialog } from "../dialog";

function said({ membership }: Session): string {
  return membership ? `${membership.role_label}, ${membership.agency.name}` : "no role";
}

export function RoleChanged() {
  const now = elsewhere.value;
  const before = session.value;
  const [problem, setProblem] = useState<string[]>([]);
  if (!now || !before) return null;
  const attempt = (act: () => Promise<void>) => () => act().catch((error) => setProblem(explain(error)));
  const isOther = now.person?.id !== before.person?.id;
  return (
    <Dialog title={isOther ? "Somebody else has signed in" : "You have changed your role"}>
      <p>
        {isOther
          ? `${now.person?.name} has signed in in another window of this browser. This page was opened by ${before.person?.name}.`
          : `In another window you act as ${said(now)} now. This page was opened as ${said(before)}.`}
      </p>
      {!isOther && <p>What you typed is still here. Change back to go on with it.</p>}
      {!isOther && (
        <button type="button" class="govuk-button" onClick={attempt(changeBack)}>
          Change back to {said(before)}
        </button>
      )}
      <button type="button" class={isOther ? "govuk-button" : "app-link-button"} onClick={attempt(followRole)}>
        {isOther ? `Go on as ${now.person?.name}` : `Leave this page and go on as ${said(now)}`}
      </button>
      {problem.map((line) => (
        <p key={line} class="govuk-error-message" role="alert">
          {line}
        </p>
      ))}
    </Dialog>
  );
}
