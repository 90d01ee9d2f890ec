/** The people of this agency: those who work here now, and those who have left. */
import { useLocation } from "preact-iso/router";
import type { Person } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing, Table } from "../../ui/rows";

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
  const columns = [
    { label: "Name", cell: (row: Person) => <a href={`/people/${row.id}`}>{row.name}</a> },
    { label: "Role", cell: (row: Person) => [row.role_label, row.job_title].filter(Boolean).join(", ") },
    { label: "Team", cell: (row: Person) => row.team || "None" },
    {
      label: view === "left" ? "Left on" : "Since",
      cell: (row: Person) => dateText((row.ended_at ?? row.started_at).slice(0, 10)),
    },
  ];
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
          <Table caption={VIEWS.find((one) => one.view === view)?.label ?? ""} columns={columns} rows={rows} small />
        )}
      </Listing>
    </Page>
  );
}
