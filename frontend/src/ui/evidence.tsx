/** What is published about the approach of a service, in words somebody who chooses one understands. */
import type { ServiceRow } from "../api/types";

/** Copied from whoever published it, never a rating of ours; its source stands on the page of the service. */
export function Evidence({ service }: { service: Pick<ServiceRow, "evidence_label" | "evidence_hint"> }) {
  const { evidence_label: label, evidence_hint: hint } = service;
  return (
    <p class="app-quiet">
      Published evidence: {label.toLowerCase()}. {hint}.
    </p>
  );
}
