/** “Sign in with …”: by the directory of one's agency, where it has one. */
import { useState } from "preact/hooks";
import { send } from "../../api/client";
import type { StaffDirectory } from "../../api/types";
import { explain } from "../../lib/explain";
import { useRows } from "../../lib/resource";

/** With the token of an invitation, its person is tied to whom the directory names. */
export function Directories({ token = "" }: { token?: string }) {
  const list = useRows<StaffDirectory>("session/directories/");
  const [problem, setProblem] = useState<string[]>([]);
  const go = async (agency: string) => {
    setProblem([]);
    const sent = send<{ address: string }>("POST", "session/directory/", {
      body: { agency, token },
      reauthenticate: false,
    });
    await sent.then(
      ({ address }) => location.assign(address),
      (error) => setProblem(explain(error)),
    );
  };
  if (!list.rows?.length) return null;
  return (
    <section aria-labelledby="directories">
      <h2 class="govuk-heading-m" id="directories">
        Or with the account of your agency
      </h2>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
      {list.rows.map(({ agency, name }) => (
        <p key={agency}>
          <button type="button" class="govuk-button govuk-button--secondary" onClick={() => go(agency)}>
            Sign in with {name}
          </button>
        </p>
      ))}
    </section>
  );
}
