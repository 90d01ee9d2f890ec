/** Where a child lives who must not be found: shown to whoever asks for it, for as long as they look at it. */
import { useState } from "preact/hooks";
import type { ProtectedAnswers } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Loading } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { SummaryList } from "../../ui/summary";
import { Section } from "./content";

export function ProtectedAddress({ path }: { path: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <Section id="protected" title="Protected address">
      <p>
        Somebody must not find this child. Do not write the address down anywhere else, and do not say it to anybody who
        has not asked for it here. Each look is written down.
      </p>
      <button
        type="button"
        class="govuk-button govuk-button--secondary"
        aria-expanded={asked}
        onClick={() => setAsked(!asked)}
      >
        {asked ? "Hide the protected address" : "Show the protected address"}
      </button>
      {asked && <Answers path={path} />}
    </Section>
  );
}

function Answers({ path }: { path: string }) {
  const resource = useResource<ProtectedAnswers>(path);
  const found = resource.data.value;
  if (resource.error.value) return <Problem error={resource.error.value} retry={resource.load} />;
  if (!found) return <Loading />;
  return (
    <SummaryList
      rows={found.answers.map(({ label, value }) => ({
        label,
        value: Array.isArray(value) ? value.map(String) : [String(value)],
        stays: true,
      }))}
    />
  );
}
