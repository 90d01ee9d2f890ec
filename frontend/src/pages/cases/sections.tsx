/** What stands on every page of a case: who it is about, and its pages side by side. */
import type { ComponentChildren } from "preact";
import type { CaseIdentity } from "../../api/types";
import { identityPath } from "../../lib/first_reads";
import { useResource } from "../../lib/resource";
import { Present } from "../../ui/present";
import { IdentityBar } from "./identity";

const SECTIONS = [
  { path: "", label: "Overview" },
  { path: "/assessments", label: "Assessment" },
  { path: "/plan", label: "Plan" },
  { path: "/team", label: "Team" },
  { path: "/interventions", label: "Services" },
  { path: "/reviews", label: "Reviews and meetings" },
  { path: "/outcomes", label: "Outcomes" },
  { path: "/chronology", label: "Chronology" },
  { path: "/people", label: "People" },
  { path: "/history", label: "History" },
  { path: "/documents", label: "Documents" },
];

interface SectionsProps {
  id: string;
  current: string;
  /** What would move if it was there before the bar at the top. */
  children?: ComponentChildren;
}

export function Sections({ id, current, children }: SectionsProps) {
  const identity = useResource<CaseIdentity>(identityPath(id));
  const waits = identity.data.value === null && !identity.error.value;
  return (
    <>
      <Present root={id} />
      <IdentityBar id={id} resource={identity} />
      <nav class="app-sections" aria-label="This case" hidden={waits}>
        <ul class="app-sections__list">
          {SECTIONS.map(({ path, label }) => (
            <li key={path}>
              <a href={`/cases/${id}${path}`} aria-current={path === current ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {!waits && children}
    </>
  );
}
