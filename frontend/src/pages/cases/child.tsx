/** The child's own details on a page of the case: what the record says, what it said before, and how it is put right. */
import type { CaseChild } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { ProtectedAddress } from "../referrals/protected";
import { Past } from "./past";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function CaseChildRoute({ params }: { params: { id: string } }) {
  return <CaseChildPage key={params.id} id={params.id} />;
}

function CaseChildPage({ id }: { id: string }) {
  const resource = useResource<CaseChild>(`cases/${id}/child/`);
  const record = resource.data.value;
  return (
    <Page
      title="The child’s details"
      caption={record ? `Case ${record.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
    >
      <Sections id={id} current="" />
      {record && <Body record={record} />}
    </Page>
  );
}

function Body({ record }: { record: CaseChild }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="What you can do">
        <Ways label="The child’s details" options={record.options} back={`/cases/${record.id}/child`} at="child" own />
      </aside>
      <div class="app-record__main">
        <SummaryList rows={record.answers} />
        {record.has_protected && <ProtectedAddress path={`cases/${record.id}/protected/`} />}
        <Past turns={record.past} />
      </div>
    </div>
  );
}
