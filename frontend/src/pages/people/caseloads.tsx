/** How much each person of this agency has in hand, by team: numbers, no case. */
import type { Caseloads, PersonLoad } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { byTeam, casesText, HowWeighed, teamText } from "../../ui/load";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";

const inKinds = ({ loads }: PersonLoad) =>
  loads.map(({ label, cases }) => `${cases} ${label.toLowerCase()}`).join(", ") || "None";

const COLUMNS: Column<PersonLoad>[] = [
  { label: "Name", cell: ({ name, role }) => `${name}, ${role.toLowerCase()}` },
  { label: "Open cases", cell: ({ cases }) => casesText(cases) },
  { label: "How soon", cell: inKinds },
  { label: "Weight", cell: ({ weight }) => weight },
];

export default function CaseloadsPage() {
  const found = useResource<Caseloads>("caseloads/");
  const known = found.data.value;
  return (
    <Page title={labelOf("caseloads", "Caseloads")} error={found.error.value} retry={found.load} ready={known !== null}>
      {known && (
        <>
          <p class="govuk-body-l">
            The open cases that each person of your agency leads. Those with the least in hand come first.
          </p>
          {byTeam(known.people).map(([team, people]) => (
            <Table key={team} caption={`${team}: ${teamText(people)}`} columns={COLUMNS} rows={people} />
          ))}
          <HowWeighed weighed={known.weighed} />
          <p>
            <a href="/cases?view=lead">See all cases that your agency leads</a>
          </p>
        </>
      )}
    </Page>
  );
}
