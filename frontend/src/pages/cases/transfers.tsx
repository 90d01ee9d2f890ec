/** Cases that other agencies ask this one to lead. */
import type { Transfer } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { TransferCards } from "./list";

export default function Transfers() {
  const list = useRows<Transfer>("transfers/?view=for-me");
  return (
    <Page title={labelOf("transfers", "Transfers")}>
      <Listing list={list} empty={<p>When another agency asks yours to lead a case, it waits for your answer here.</p>}>
        {(rows) => <TransferCards rows={rows} />}
      </Listing>
    </Page>
  );
}
