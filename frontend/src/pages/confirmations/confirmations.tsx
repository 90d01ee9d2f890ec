/** Decisions by others that wait for this person as the second one. */
import type { Confirmation } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { ConfirmationCards } from "./list";

export default function Confirmations() {
  const list = useRows<Confirmation>("confirmations/?view=for-me");
  return (
    <Page title={labelOf("confirmations", "Confirmations")}>
      <Listing list={list} empty={<p>When a colleague's decision needs a second person, it waits for you here.</p>}>
        {(rows) => <ConfirmationCards rows={rows} />}
      </Listing>
    </Page>
  );
}
