/** The agencies of the partnership: those that are there now, and those that have ended. */
import { useLocation } from "preact-iso/router";
import type { AgencyRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";

const VIEWS = [
  { view: "now", label: "There now", href: "/agencies" },
  { view: "ended", label: "Ended", href: "/agencies?view=ended" },
];

export default function AgenciesRoute() {
  const { query } = useLocation();
  const view = query.view === "ended" ? "ended" : "now";
  return <AgenciesPage key={view} view={view} />;
}

function AgenciesPage({ view }: { view: string }) {
  const list = useRows<AgencyRow>(`agencies/overview/?view=${view}`);
  return (
    <Page title={labelOf("agencies", "Agencies")}>
      <nav class="app-views" aria-label="Which agencies">
        {VIEWS.map((one) => (
          <a key={one.view} href={one.href} aria-current={one.view === view ? "page" : undefined}>
            {one.label}
          </a>
        ))}
      </nav>
      <Listing list={list} empty={<p>No agency has ended.</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/agencies/${row.id}`}>
                    {row.name}
                  </a>
                  {row.is_own && <strong class="govuk-tag govuk-tag--grey app-tag">Yours</strong>}
                </p>
                <p>{[row.kind, row.receives_by_duty && "receives by duty"].filter(Boolean).join(", ")}</p>
                <p class="app-quiet">
                  {row.ended_at
                    ? `Ended ${dateText(row.ended_at.slice(0, 10))}`
                    : [row.phone, row.hours].filter(Boolean).join(", ")}
                </p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}
