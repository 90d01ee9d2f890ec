/** Which cases are listed: one's own, all that one's agency leads, or those that are closed. */

const VIEWS = [
  { view: "mine", label: "My cases", href: "/cases" },
  { view: "lead", label: "All that my agency leads", href: "/cases?view=lead" },
  { view: "closed", label: "Closed cases", href: "/cases/closed" },
];

export const labelOfView = (view: string) => VIEWS.find((one) => one.view === view)?.label ?? "Cases";

export function Views({ current }: { current: string }) {
  return (
    <nav class="app-views" aria-label="Which cases">
      {VIEWS.map((one) => (
        <a key={one.view} href={one.href} aria-current={one.view === current ? "page" : undefined}>
          {one.label}
        </a>
      ))}
    </nav>
  );
}
