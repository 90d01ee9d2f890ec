/** The people around a child: a picture of the family, the same as a table, and those who were around before. */
import type { CasePeople, FormerPerson, RelatedPerson } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { FamilyPicture } from "../../ui/family";
import { SafeNumber } from "../../ui/number";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function PeopleRoute({ params }: { params: { id: string } }) {
  return <PeoplePage key={params.id} id={params.id} />;
}

const COLUMNS: Column<RelatedPerson>[] = [
  { label: "Name", cell: nameOf },
  { label: "What they are to the child", cell: (row) => row.relationship_label },
  { label: "Age", cell: (row) => row.age ?? "Not known" },
  { label: "Lives with the child", cell: (row) => row.lives_with_child_label },
  { label: "Parental responsibility", cell: responsibility },
  {
    label: "How to reach them",
    cell: ({ contact }) =>
      contact ? (
        <SafeNumber number={contact.number} rule={contact.rule_label} refusals={contact.refusals} />
      ) : (
        "Not known"
      ),
  },
  { label: "Whose word", cell: (row) => `${row.said_by || "The referral"}, ${dateText(row.said_on)}` },
];

const FORMER: Column<FormerPerson>[] = [
  { label: "Name", cell: nameOf },
  { label: "What they were to the child", cell: (row) => row.relationship_label },
  { label: "Until", cell: (row) => dateText(row.ended_on) },
  { label: "Why it ended", cell: (row) => [row.reason_label, row.end_note].filter(Boolean).join(". ") },
];

function nameOf({ id, name }: RelatedPerson | FormerPerson) {
  return (
    <a class="app-name" href={`/relationships/${id}`}>
      {name}
    </a>
  );
}

export function responsibility(row: RelatedPerson): string {
  return [row.parental_responsibility_label, row.responsibility_source_label].filter(Boolean).join(". ");
}

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
      {family && <Body id={id} family={family} />}
    </Page>
  );
}

function Body({ id, family }: { id: string; family: CasePeople }) {
  return (
    <>
      <Ways label="What you can do about the people" options={family.options} back={`/cases/${id}/people`} at="people">
        {family.concerns_url && (
          <li class="app-options__item">
            <a href={family.concerns_url}>Peers and places of concern</a>
            <p class="app-quiet">Outside the home. Fewer people read this than read the case.</p>
          </li>
        )}
        {family.refer_again_url && (
          <li class="app-options__item">
            <a href={family.refer_again_url}>Refer again</a>
            <p class="app-quiet">A new referral about this child. Who the child is comes along.</p>
          </li>
        )}
      </Ways>
      {family.people.length === 0 ? (
        <p class="app-empty">Nobody of the child’s family or network has been named yet.</p>
      ) : (
        <>
          <FamilyPicture family={family} />
          <Table caption="Family and network" columns={COLUMNS} rows={family.people} />
        </>
      )}
      {family.former.length > 0 && <Table caption="No longer around the child" columns={FORMER} rows={family.former} />}
    </>
  );
}
