/** A button that asks the browser for a passkey. */
import { useState } from "preact/hooks";
import { ApiError } from "../../api/client";
import { explain } from "../../lib/explain";
import { canUsePasskeys, passkeyProblem } from "./passkeys";

const UNKNOWN = "This passkey is not known here. Choose another way.";

function said(error: unknown): string[] {
  const problem = passkeyProblem(error);
  if (problem) return [problem];
  return error instanceof ApiError && [400, 401].includes(error.status) ? [UNKNOWN] : explain(error);
}

interface Props {
  label: string;
  secondary?: boolean;
  act: () => Promise<void>;
}

export function ByPasskey({ label, secondary, act }: Props) {
  const [problem, setProblem] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  if (!canUsePasskeys()) return null;
  const press = async () => {
    setBusy(true);
    setProblem([]);
    await act().catch((error) => setProblem(said(error)));
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        class={`govuk-button${secondary ? " govuk-button--secondary" : ""}`}
        disabled={busy}
        onClick={press}
      >
        {label}
      </button>
      {problem.map((line) => (
        <p key={line} class="govuk-error-message" role="alert">
          {line}
        </p>
      ))}
    </>
  );
}
