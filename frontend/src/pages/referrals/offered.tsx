/** Referrals that another agency offers to this one, which takes them or returns them. */
import type { ReferralRow } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { QueueRows } from "./queue_rows";

export default function Offered() {
  const list = useRows<ReferralRow>("referrals/?view=redirected");
  return (
    <Page title={labelOf("redirected", "Offered to us")}>
      <Listing list={list} empty={<p>When another agency thinks yours is the right one, its referral waits here.</p>}>
        {(rows) => <QueueRows rows={rows} />}
      </Listing>
    </Page>
  );
}
