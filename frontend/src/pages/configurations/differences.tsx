/** What is different in a version from the one before it, in words. */
import type { Difference, Version } from "../../api/types";
import { SummaryList } from "../../ui/summary";

const WHAT: Record<Difference["what"], string> = { added: "New", changed: "Changed", removed: "Removed" };

export function Differences({ version }: { version: Version }) {
  if (version.compared_with === null) return null;
  return (
    <section class="app-section" aria-labelledby="differences">
      <h2 class="govuk-heading-m" id="differences">
        What is different from version {version.compared_with}
      </h2>
      {version.differences.length === 0 && <p>Nothing.</p>}
      {version.differences.map((one) => (
        <section key={`${one.what}${one.title}`} aria-label={`${WHAT[one.what]}: ${one.title}`}>
          <h3 class="govuk-heading-s">
            {WHAT[one.what]}: {one.title}
          </h3>
          {one.what !== "removed" && (
            <SummaryList rows={one.lines.map((line) => ({ label: line.label, value: <Line {...line} /> }))} />
          )}
        </section>
      ))}
    </section>
  );
}

function Line({ before, after }: Difference["lines"][number]) {
  if (!before) return <>{after}</>;
  return (
    <>
      <p>{after ? <ins>{after}</ins> : "Nothing now"}</p>
      <p class="app-quiet">
        Before: <del>{before}</del>
      </p>
    </>
  );
}
