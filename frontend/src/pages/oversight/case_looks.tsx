/** Who looked at a case, for the manager of the agency that leads it. */
import type { CaseIdentity, Visit } from "../../api/types";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Visits } from "./visits";

export function CaseLooks({ id }: { id: string }) {
  const resource = useResource<CaseIdentity>(`cases/${id}/identity/`);
  const list = useRows<Visit>(`cases/${id}/looks/`);
  const record = resource.data.value;
  return (
    <Page
      title="Who looked at this case"
      caption={record ? [record.child?.name, `case ${record.reference}`].filter(Boolean).join(", ") : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
    >
      <p>
        Everybody who opened this case or a referral it answers, the latest first. What one person did in one go is one
        line. If a look surprises you, ask the person first; information governance can see more.
      </p>
      <Visits list={list} />
    </Page>
  );
}
