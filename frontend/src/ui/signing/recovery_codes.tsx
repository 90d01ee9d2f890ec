/** The recovery codes: shown once, to be printed or kept where the phone is not. */
import { useEffect, useState } from "preact/hooks";
import { send } from "../../api/client";
import { explain } from "../../lib/explain";
import { Copy } from "../copy";
import { Failures } from "../failures";

const CODES = "/_allauth/browser/v1/account/authenticators/recovery-codes";

interface Answer {
  data: { unused_codes?: string[] };
}

const inFours = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");

interface Props {
  /** New ones, which take the place of those that are there. */
  anew?: boolean;
  onDone: () => void;
}

export function RecoveryCodes({ anew = false, onDone }: Props) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<string[]>([]);
  useEffect(() => {
    const body = anew ? {} : undefined;
    send<Answer>(anew ? "POST" : "GET", CODES, { body, reauthenticate: false }).then(
      ({ data }) => setCodes((data.unused_codes ?? []).map(inFours)),
      (error) => setProblem(explain(error)),
    );
  }, [anew]);
  return (
    <section aria-labelledby="codes">
      <h2 class="govuk-heading-m" id="codes">
        Keep these recovery codes
      </h2>
      <p>If you lose your phone or your passkey, each of these signs you in once. We show them only now.</p>
      <p>Print them or write them down, and keep them away from your computer.</p>
      <Failures sentences={problem} />
      {codes && (
        <ul class="govuk-list app-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      )}
      <div class="govuk-button-group">
        <button type="button" class="govuk-button" disabled={!codes} onClick={onDone}>
          I have kept them
        </button>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={() => print()}>
          Print
        </button>
        <Copy text={(codes ?? []).join("\n")} label="Copy" />
      </div>
    </section>
  );
}
