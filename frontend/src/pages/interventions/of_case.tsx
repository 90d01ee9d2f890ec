/** The services of one case: recommended, waited for, under way, and what became of them. */
import type { Case, CaseOverview, InterventionRow } from "../../api/types";
import { useResource, useRows } from "../../lib/resource";
import { NOTHING_YET, Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { Sections } from "../cases/sections";
import { InterventionCards } from "./list";

export default function OfCaseRoute({ params }: { params: { id: string } }) {
  return <OfCase key={params.id} id={params.id} />;
}

function OfCase({ id }: { id: string }) {
  const record = useResource<Case>(`cases/${id}/?forms=no`);
  const list = useRows<InterventionRow>(`cases/${id}/interventions/`);
  const found = record.data.value;
  return (
    <Page
      title="Services that help"
      caption={found ? `Case ${found.reference}` : NOTHING_YET}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={record.error.value}
      retry={record.load}
      ready={found !== null}
    >
      <Sections id={id} current="/interventions" />
      <ReferOn id={id} />
      <Listing
        list={list}
        empty={<p>When a service is recommended for this child, it stands here from the first step to its end.</p>}
      >
        {(rows) => <InterventionCards rows={rows} ofCase />}
      </Listing>
    </Page>
  );
}

/** Only for those who may, as the case's own page says it. */
function ReferOn({ id }: { id: string }) {
  const way = useResource<CaseOverview>(`cases/${id}/overview/`).data.value?.refer_on;
  return way ? (
    <p>
      <a class="govuk-button" href={way.url}>
        {way.label}
      </a>
    </p>
  ) : null;
}
