/** Conflicts of interest: one's own, and for who answers them those of the agency's people. */
import { useLocation } from "preact-iso/router";
import type { ConflictForm, ConflictRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export default function ConflictsRoute() {
  const { query } = useLocation();
  const view = query.view ?? "mine";
  return <ConflictsPage key={view} view={view} />;
}

function ConflictsPage({ view }: { view: string }) {
  const form = useResource<ConflictForm>("conflicts/form/");
  const list = useRows<ConflictRow>(`conflicts/?view=${encodeURIComponent(view)}`);
  const views = form.data.value?.views ?? [];
  return (
    <Page
      title={labelOf("conflicts", "Conflicts of interest")}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
      aside={
        <a class="govuk-button" href="/conflicts/declare">
          Declare a conflict
        </a>
      }
    >
      <p>
        If a child or family is close to you, say so here, or on the child’s page. From then on you do not see their
        records, and what you have in hand passes to a manager. You can always make a referral.
      </p>
      {views.length > 1 && (
        <nav class="app-views" aria-label="Which conflicts">
          {views.map((one) => (
            <a
              key={one.value}
              href={`/conflicts?view=${one.value}`}
              aria-current={one.value === view ? "page" : undefined}
            >
              {one.label}
            </a>
          ))}
        </nav>
      )}
      <Listing list={list} empty={<p>There is none.</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/conflicts/${row.id}`}>
                    {row.is_own ? row.about : `${row.person}: ${row.about}`}
                  </a>
                  <StateTag label={row.state_label} />
                </p>
                <p>{row.kind}</p>
                <p class="app-quiet">Declared {dateText(row.declared_at.slice(0, 10))}</p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}
