/** What stands on every page of a case: who it is about, and its pages side by side. */
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

export function Sections({ id, current }: { id: string; current: string }) {
  return (
    <>
      <Present root={id} />
      <IdentityBar id={id} />
      <nav class="app-sections" aria-label="This case">
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
    </>
  );
}
