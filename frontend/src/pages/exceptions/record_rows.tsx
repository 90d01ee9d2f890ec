/** Records of any kind in one list, each leading to its page where whoever reads it may open it. */
import type { Exception } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import type { Rows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";

export function RecordRows({ list }: { list: Rows<Exception> }) {
  return (
    <Listing list={list} empty={<p>Nothing is left here.</p>}>
      {(rows) => (
        <Cards rows={rows}>
          {(row) => (
            <>
              <p class="app-card__head">
                {row.url ? (
                  <a class="app-card__link" href={row.url}>
                    {row.reference || row.title}
                  </a>
                ) : (
                  <strong>{row.reference || row.title}</strong>
                )}
              </p>
              {row.reference && <p>{row.title}</p>}
              <p class="app-quiet">
                {[row.since && `Since ${dateTimeText(row.since)}`, row.due_at && `due ${dateTimeText(row.due_at)}`]
                  .filter(Boolean)
                  .join(", ")}
              </p>
            </>
          )}
        </Cards>
      )}
    </Listing>
  );
}
