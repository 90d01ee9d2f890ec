/** The teams around children that one is on for another agency than the one that leads. */
import type { TeamPlaceRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";

export default function PlacesRoute() {
  const list = useRows<TeamPlaceRow>("team-members/");
  return (
    <Page title={labelOf("teams", "Teams I am on")}>
      <Listing
        list={list}
        empty={<p>When another agency names you to the team around a child, it stands here while you are on it.</p>}
      >
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/team-members/${row.id}`}>
                    {row.child_name || `Case ${row.reference}`}
                  </a>
                </p>
                <p class="app-quiet">
                  {row.part} Since {dateText(row.since)}. Case {row.reference}
                </p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}
