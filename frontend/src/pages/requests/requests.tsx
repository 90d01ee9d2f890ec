/** The questions that wait for an answer from the person's agency. */
import type { InformationRequest } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { RequestCards } from "./list";

export default function Requests() {
  const list = useRows<InformationRequest>("information-requests/?view=for-me");
  return (
    <Page title={labelOf("requests", "Questions for you")}>
      <Listing list={list} empty={<p>When another agency asks what yours knows about a child, it is listed here.</p>}>
        {(rows) => <RequestCards rows={rows} />}
      </Listing>
    </Page>
  );
}
