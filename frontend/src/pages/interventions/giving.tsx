/** What one's agency gives: offers to answer, sessions ahead, who is under way, who waits, and what has ended. */
import { useLocation } from "preact-iso/router";
import type { InterventionRow, PlannedSession } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { InterventionCards } from "./list";

const VIEWS = [
  { view: "offered", label: "To answer", empty: "When somebody asks whether your agency can help, it waits here." },
  { view: "sessions", label: "Sessions ahead", empty: "No session is planned." },
  { view: "under-way", label: "Under way", empty: "Your agency helps nobody through a case now." },
  { view: "to-come", label: "Waiting to start", empty: "Nobody waits for a place." },
  { view: "ended", label: "Ended lately", empty: "What has ended stays here for ten working days." },
] as const;
type View = (typeof VIEWS)[number];

export default function GivingRoute() {
  const { query } = useLocation();
  const view = VIEWS.find((one) => one.view === query.view) ?? VIEWS[0];
  return <Giving key={view.view} chosen={view} />;
}

function Giving({ chosen }: { chosen: View }) {
  return (
    <Page title={labelOf("giving", "Services we give")} caption={chosen.label}>
      <nav class="app-views" aria-label="Which services">
        {VIEWS.map((one) => (
          <a key={one.view} href={`/giving?view=${one.view}`} aria-current={one === chosen ? "page" : undefined}>
            {one.label}
          </a>
        ))}
      </nav>
      {chosen.view === "sessions" ? <Ahead empty={chosen.empty} /> : <Services view={chosen} />}
    </Page>
  );
}

function Services({ view }: { view: View }) {
  const list = useRows<InterventionRow>(`interventions/?view=${view.view}`);
  return (
    <>
      {view.view === "under-way" && (list.rows?.length ?? 0) > 1 && (
        <p>
          <a href="/giving/group">Plan a session for several children</a>
        </p>
      )}
      <Listing list={list} empty={<p>{view.empty}</p>}>
        {(rows) => <InterventionCards rows={rows} />}
      </Listing>
    </>
  );
}

/** A group stands once in the list, whatever the number of its children. */
const onceEach = (rows: PlannedSession[]) =>
  rows.filter((row, place) => !row.group_id || rows.findIndex((one) => one.group_id === row.group_id) === place);

function Ahead({ empty }: { empty: string }) {
  const list = useRows<PlannedSession>("sessions/");
  return (
    <Listing list={list} empty={<p>{empty}</p>}>
      {(rows) => (
        <Cards rows={onceEach(rows)}>
          {(row) => (
            <>
              <p class="app-card__head">
                <a class="app-card__link" href={pathTo(row)}>
                  {row.planned_at && dateTimeText(row.planned_at)}
                </a>
              </p>
              <p>{row.group_id ? `Group: ${row.worked_on || row.service_name}` : row.child_name}</p>
              <p class="app-quiet">{[row.service_name, row.mode_label].filter(Boolean).join(" · ")}</p>
            </>
          )}
        </Cards>
      )}
    </Listing>
  );
}

/** A group's page asks for all of its children; one child's session is recorded at once, or stands with their service. */
function pathTo(row: PlannedSession): string {
  if (row.group_id) return `/group-sessions/${row.group_id}`;
  const isAhead = row.planned_at !== null && new Date(row.planned_at) > new Date();
  return isAhead ? `/interventions/${row.intervention_id}` : `/sessions/${row.id}/do/record?back=/giving?view=sessions`;
}
