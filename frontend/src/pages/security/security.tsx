/** How one signs in, and where one is signed in: the second steps, the recovery codes, the other devices. */
import { useState } from "preact/hooks";
import { get, newKey, post, send } from "../../api/client";
import type { Security } from "../../api/types";
import { explain } from "../../lib/explain";
import { dateTimeText } from "../../lib/format";
import { remember, useResource } from "../../lib/resource";
import { Failures } from "../../ui/failures";
import { Page } from "../../ui/page";
import { RecoveryCodes } from "../../ui/signing/recovery_codes";
import { SetUp } from "../../ui/signing/set_up";
import { ChangePassword } from "./password";

const PATH = "session/security/";
const FACTORS = "/_allauth/browser/v1/account/authenticators";

type Shown = "add" | "codes" | null;

export default function SecurityPage() {
  const resource = useResource<Security>(PATH);
  const [shown, setShown] = useState<Shown>(null);
  const [problem, setProblem] = useState<string[]>([]);
  const security = resource.data.value;
  const done = () => {
    setShown(null);
    void resource.load();
  };
  /** Whatever changes how one signs in asks first whether it is still oneself. */
  const confirmed = (act: () => Promise<unknown> | unknown) => {
    setProblem([]);
    get("session/fresh/")
      .then(act)
      .catch((error) => setProblem(explain(error)));
  };
  return (
    <Page
      title="Sign-in and security"
      back={{ href: "/", label: "Home" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={security !== null}
    >
      <Failures sentences={problem} />
      {shown === "codes" && <RecoveryCodes anew onDone={done} />}
      {shown === "add" && security && (
        <>
          <SetUp has={security.factors.map(({ type }) => type)} onDone={done} />
          <button type="button" class="app-link-button" onClick={done}>
            Cancel
          </button>
        </>
      )}
      {shown === null && security && (
        <>
          <Factors
            security={security}
            onShow={(next) => confirmed(() => setShown(next))}
            confirmed={confirmed}
            onDone={done}
          />
          {security.has_password && <ChangePassword />}
          <Sessions sessions={security.sessions} onProblem={setProblem} />
        </>
      )}
    </Page>
  );
}

interface FactorsProps {
  security: Security;
  onShow: (next: Shown) => void;
  confirmed: (act: () => Promise<unknown>) => void;
  onDone: () => void;
}

function Factors({ security: { factors, codes_left: left }, onShow, confirmed, onDone }: FactorsProps) {
  const remove = ({ id, type }: Security["factors"][number]) =>
    confirmed(async () => {
      const body = type === "webauthn" ? { authenticators: [id] } : undefined;
      await send("DELETE", `${FACTORS}/${type}`, { body, reauthenticate: false });
      onDone();
    });
  return (
    <section aria-labelledby="second">
      <h2 class="govuk-heading-m" id="second">
        Second step
      </h2>
      {factors.length === 0 && <p>You have none yet.</p>}
      <ul class="govuk-list">
        {factors.map((factor) => (
          <li key={factor.id}>
            <strong>{factor.label}</strong>, since {dateTimeText(factor.added_at)}{" "}
            {factors.length > 1 && (
              <button type="button" class="app-link-button" onClick={() => remove(factor)}>
                Remove<span class="govuk-visually-hidden">: {factor.label}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {factors.length > 0 && <p>{left} recovery codes are left.</p>}
      <div class="govuk-button-group">
        <button type="button" class="govuk-button govuk-button--secondary" onClick={() => onShow("add")}>
          Add a way
        </button>
        {factors.length > 0 && (
          <button type="button" class="govuk-button govuk-button--secondary" onClick={() => onShow("codes")}>
            New recovery codes
          </button>
        )}
      </div>
    </section>
  );
}

interface SessionsProps {
  sessions: Security["sessions"];
  onProblem: (lines: string[]) => void;
}

function Sessions({ sessions, onProblem }: SessionsProps) {
  const end = (id: string) =>
    post<Security>("session/others/end/", { id }, newKey()).then(
      (next) => remember(PATH, next),
      (error) => onProblem(explain(error)),
    );
  return (
    <section aria-labelledby="where">
      <h2 class="govuk-heading-m" id="where">
        Where you are signed in
      </h2>
      <ul class="govuk-list">
        {sessions.map(({ id, device, agency, since, used_at: used, is_this: here }) => (
          <li key={id} class="app-session">
            <strong>{device}</strong>
            {here && " (this one)"}
            {agency && `, ${agency}`}
            <br />
            Since {dateTimeText(since)}, last used {dateTimeText(used)}{" "}
            {!here && (
              <button type="button" class="app-link-button" onClick={() => end(id)}>
                Sign out there<span class="govuk-visually-hidden">: {device}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 2 && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={() => end("")}>
          Sign out everywhere else
        </button>
      )}
    </section>
  );
}
