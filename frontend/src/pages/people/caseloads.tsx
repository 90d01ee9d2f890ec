/** How much each person of this agency has in hand, by team; each number opens its list. */
import type { Loads as Found } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { KeepThis } from "../saved/saved";
import { Loads } from "./loads";

export default function CaseloadsPage() {
  const found = useResource<Found>("caseloads/");
  const known = found.data.value;
  return (
    <Page title={labelOf("caseloads", "Caseloads")} error={found.error.value} retry={found.load} ready={known !== null}>
      {known && (
        <>
          <p class="govuk-body-l">
            The open cases that each person of your agency leads. Those with the least in hand come first.
          </p>
          <Loads found={known} />
          <KeepThis />
        </>
      )}
    </Page>
  );
}
