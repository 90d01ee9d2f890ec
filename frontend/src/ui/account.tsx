/** Who is signed in and in which role, with the way to another role and out. */
import { useState } from "preact/hooks";
import { explain } from "../lib/explain";
import { session, signOut, switchMembership } from "../session";
import { useMenu } from "./menu";

export function Account() {
  const menu = useMenu();
  const { person, membership } = session.value ?? {};
  return (
    <details class="app-account" {...menu}>
      <summary class="app-account__summary">
        <span class="govuk-visually-hidden">Your account: </span>
        {person?.name}
      </summary>
      <div class="app-menu app-account__menu">
        <p class="app-account__role">
          {[membership?.job_title, membership?.role_label].filter(Boolean).join(", ")}
          <br />
          {membership?.agency.name}
          {membership?.team && `, ${membership.team.name}`}
        </p>
        <Actions />
      </div>
    </details>
  );
}

function Actions() {
  const [problem, setProblem] = useState<string[]>([]);
  const { membership, memberships = [] } = session.value ?? {};
  const others = memberships.filter((other) => other.id !== membership?.id);
  const attempt = (action: () => Promise<void>) => () => {
    setProblem([]);
    action().catch((error) => setProblem(explain(error)));
  };
  return (
    <>
      {others.length > 0 && <p class="app-account__title">Change role</p>}
      {others.map(({ id, role_label: role, agency_name: agency }) => (
        <button key={id} type="button" class="app-account__button" onClick={attempt(() => switchMembership(id))}>
          {role}, {agency}
        </button>
      ))}
      <a class="app-account__button" href="/settings">
        Settings
      </a>
      <a class="app-account__button" href="/security">
        Sign-in and security
      </a>
      <button type="button" class="app-account__button" onClick={attempt(signOut)}>
        Sign out
      </button>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
    </>
  );
}
