/** Where one case is or was on the agenda of a panel, and the way to put it on one. */
import type { CasePanels } from "../../api/types";
import { useResource } from "../../lib/resource";
import { NOTHING_YET, Page } from "../../ui/page";
import { Sections } from "../cases/sections";
import { Ways } from "../cases/ways";
import { ItemCards } from "./list";

export default function OfCaseRoute({ params }: { params: { id: string } }) {
  return <OfCase key={params.id} id={params.id} />;
}

function OfCase({ id }: { id: string }) {
  const resource = useResource<CasePanels>(`cases/${id}/panel-items/`);
  const found = resource.data.value;
  return (
    <Page
      title="Panels"
      caption={found ? `Case ${found.reference}` : NOTHING_YET}
      back={{ href: `/cases/${id}/reviews`, label: "Reviews and meetings" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      <Sections id={id} current="/reviews" />
      {found && (
        <>
          <Ways label="What you can do here" options={found.options} back={`/cases/${id}/panels`} at="panel-items" />
          {found.items.length === 0 ? (
            <p class="app-empty">When a panel of several organisations is to hear this case, it stands here.</p>
          ) : (
            <ItemCards items={found.items} ofCase />
          )}
        </>
      )}
    </Page>
  );
}
