/** The cases a person works on, and those that their agency leads. */
import { useLocation } from "preact-iso/router";
import type { CaseRow } from "../../api/types";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { CaseCards } from "./list";

const VIEWS = [
  { view: "mine", label: "My cases", href: "/cases" },
  { view: "lead", label: "All that my agency leads", href: "/cases?view=lead" },
  { view: "closed", label: "Closed cases", href: "/cases/closed" },
];

export default function CasesRoute() {
  const { query } = useLocation();
  const view = query.view === "lead" ? "lead" : "mine";
  return <CasesPage key={view} view={view} />;
}

function CasesPage({ view }: { view: string }) {
  const list = useRows<CaseRow>(`cases/?view=${view}`);
  const empty =
    view === "mine" ? (
      <p>
        Cases of which you are the lead practitioner are listed here.{" "}
        <a href="/cases?view=lead">See all that your agency leads</a>
      </p>
    ) : (
      <p>When your agency leads the help for a child, the case is listed here.</p>
    );
  return (
    <Page title={VIEWS.find((one) => one.view === view)?.label ?? "Cases"}>
      <Views current={view} />
      <Listing list={list} empty={empty}>
        {(rows) => <CaseCards rows={rows} />}
      </Listing>
    </Page>
  );
}

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
