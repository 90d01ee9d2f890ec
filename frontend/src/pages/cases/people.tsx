/** The people around a child: a picture of the family, and the same as a table. */
import type { CasePeople, RelatedPerson } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { FamilyPicture } from "../../ui/family";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";
import { Sections } from "./sections";

export default function PeopleRoute({ params }: { params: { id: string } }) {
  return <PeoplePage key={params.id} id={params.id} />;
}

const COLUMNS: Column<RelatedPerson>[] = [
  { label: "Name", cell: (row) => row.name },
  { label: "What they are to the child", cell: (row) => row.relationship_label },
  { label: "Age", cell: (row) => row.age ?? "Not known" },
  { label: "Lives with the child", cell: (row) => row.lives_with_child_label },
  { label: "Parental responsibility", cell: (row) => row.parental_responsibility_label },
  { label: "Said on", cell: (row) => dateText(row.said_on) },
];

function PeoplePage({ id }: { id: string }) {
  const resource = useResource<CasePeople>(`cases/${id}/people/`);
  const family = resource.data.value;
  return (
    <Page
      title="People"
      caption={family ? `Case ${family.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={family !== null}
    >
      <Sections id={id} current="/people" />
      {family?.people.length === 0 && (
        <p class="app-empty">No referral that you read names anybody of the child’s family or network.</p>
      )}
      {family && family.people.length > 0 && (
        <>
          <FamilyPicture family={family} />
          <Table caption="Family and network" columns={COLUMNS} rows={family.people} />
        </>
      )}
    </Page>
  );
}
