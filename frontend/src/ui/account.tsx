/** Who is signed in and in which role, with the way to another role and out. */
import { useRef, useState } from "preact/hooks";
import { explain } from "../lib/explain";
import { session, signOut, switchMembership } from "../session";

export function Account() {
  const menu = useRef<HTMLDetailsElement>(null);
  const [problem, setProblem] = useState<string[]>([]);
  const { person, membership, memberships = [] } = session.value ?? {};
  const others = memberships.filter((other) => other.id !== membership?.id);

  const attempt = (action: () => Promise<void>) => () => {
    setProblem([]);
    action().catch((error) => setProblem(explain(error)));
  };
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector("summary")?.focus();
  };
  const closeWhenLeft = (event: FocusEvent) => {
    const next = event.relatedTarget;
    if (menu.current && next instanceof Node && !menu.current.contains(next)) menu.current.open = false;
  };

  return (
    <details class="app-account" ref={menu} onKeyDown={close} onFocusOut={closeWhenLeft}>
      <summary class="app-account__summary">
        <span class="govuk-visually-hidden">Your account: </span>
        {person?.name}
      </summary>
      <div class="app-account__menu">
        <p class="app-account__role">
          {[membership?.job_title, membership?.role_label].filter(Boolean).join(", ")}
          <br />
          {membership?.agency.name}
          {membership?.team && `, ${membership.team.name}`}
        </p>
        {others.length > 0 && <p class="app-account__title">Change role</p>}
        {others.map((other) => (
          <button
            key={other.id}
            type="button"
            class="app-account__button"
            onClick={attempt(() => switchMembership(other.id))}
          >
            {other.role_label}, {other.agency_name}
          </button>
        ))}
        <button type="button" class="app-account__button" onClick={attempt(signOut)}>
          Sign out
        </button>
        {problem.map((line) => (
          <p key={line} role="alert">
            {line}
          </p>
        ))}
      </div>
    </details>
  );
}
