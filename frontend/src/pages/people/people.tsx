/** The people of this agency: those who work here now, and those who have left. */
import { useLocation } from "preact-iso/router";
import type { Person } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";

const VIEWS = [
  { view: "now", label: "Working here now", href: "/people" },
  { view: "left", label: "Left", href: "/people?view=left" },
];

export default function PeopleRoute() {
  const { query } = useLocation();
  const view = query.view === "left" ? "left" : "now";
  return <PeoplePage key={view} view={view} />;
}

function PeoplePage({ view }: { view: string }) {
  const list = useRows<Person>(`people/?view=${view}`);
  return (
    <Page
      title={labelOf("people", "People")}
      aside={
        <a class="govuk-button" href="/people/add">
          Add somebody
        </a>
      }
    >
      <nav class="app-views" aria-label="Which people">
        {VIEWS.map((one) => (
          <a key={one.view} href={one.href} aria-current={one.view === view ? "page" : undefined}>
            {one.label}
          </a>
        ))}
      </nav>
      <Listing list={list} empty={<p>Nobody has left since this list began.</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/people/${row.id}`}>
                    {row.name}
                  </a>
                </p>
                <p>{[row.role_label, row.job_title, row.team].filter(Boolean).join(", ")}</p>
                <p class="app-quiet">
                  {row.ended_at
                    ? `Left ${dateText(row.ended_at.slice(0, 10))}`
                    : `Since ${dateText(row.started_at.slice(0, 10))}`}
                </p>
                {row.invited && <p class="app-quiet">{row.invited}</p>}
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}
