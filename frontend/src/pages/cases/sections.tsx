/** The pages of one case side by side; the next one to come is a line in the list. */

const SECTIONS = [
  { path: "", label: "Overview" },
  { path: "/assessments", label: "Assessment" },
  { path: "/plan", label: "Plan" },
  { path: "/interventions", label: "Services" },
  { path: "/reviews", label: "Reviews and meetings" },
  { path: "/outcomes", label: "Outcomes" },
  { path: "/documents", label: "Documents" },
];

export function Sections({ id, current }: { id: string; current: string }) {
  return (
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
  );
}
