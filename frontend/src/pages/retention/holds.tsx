/** What is kept whatever the schedule says, and why. */
import type { HoldRow, RetentionForm } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export function HoldList() {
  const list = useRows<HoldRow>("holds/");
  const way = useResource<RetentionForm>("holds/new/").data.value?.options[0];
  return (
    <>
      <p>A hold keeps all that is about a child, in every agency, until two people release it.</p>
      {way && (
        <p>
          <a class="govuk-button" href={`/holds/new/do/${way.name}?back=/retention?view=held`}>
            {way.label}
          </a>
        </p>
      )}
      <Listing list={list} empty={<p>Nothing is held.</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <Card row={row} />}</Cards>}
      </Listing>
    </>
  );
}

function Card({ row }: { row: HoldRow }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/holds/${row.id}`}>
          {row.reference}: {row.reason}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p class="app-quiet">
        {row.placed_by}, {row.agency}, {dateText(row.placed_at)}
      </p>
    </>
  );
}
