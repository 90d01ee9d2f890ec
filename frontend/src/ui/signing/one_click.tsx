/** The one click that the demonstration takes for a password. */
import { useState } from "preact/hooks";
import { explain } from "../../lib/explain";

export function OneClick({ label, act }: { label: string; act: () => Promise<void> }) {
  const [problem, setProblem] = useState<string[]>([]);
  return (
    <>
      <button type="button" class="govuk-button" onClick={() => act().catch((error) => setProblem(explain(error)))}>
        {label}
      </button>
      {problem.map((line) => (
        <p key={line} role="alert">
          {line}
        </p>
      ))}
    </>
  );
}
