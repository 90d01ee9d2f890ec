/** Lists to be deleted: proposed, agreed and waiting, carried out, refused or withdrawn. */
import type { DisposalRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export function OrderList() {
  const list = useRows<DisposalRow>("disposals/");
  return (
    <Listing list={list} empty={<p>Nobody has proposed to delete anything.</p>}>
      {(rows) => <Cards rows={rows}>{(row) => <Card row={row} />}</Cards>}
    </Listing>
  );
}

export const childrenSaid = (number: number) => (number === 1 ? "1 child" : `${number} children`);

function Card({ row }: { row: DisposalRow }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/disposals/${row.id}`}>
          {row.reference}: {childrenSaid(row.children)}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p class="app-quiet">
        Proposed by {row.proposed_by}, {row.agency}, {dateText(row.proposed_at)}
        {row.due_at && row.state === "confirmed" && `. Deleted from ${dateText(row.due_at)}`}
        {row.state === "done" && `. Deleted: ${childrenSaid(row.deleted)}`}
      </p>
    </>
  );
}
