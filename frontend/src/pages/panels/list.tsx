/** Cases on the agenda of a panel, as cards: by reference, never by a child’s name. */
import type { PanelItemRow } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";

/** `ofCase`: on the page of a case, where the panel tells them apart, and not the reference. */
export function ItemCards({ items, ofCase }: { items: PanelItemRow[]; ofCase?: boolean }) {
  return (
    <Cards rows={items}>
      {(item) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/panel-items/${item.id}`}>
              {ofCase ? `${item.panel}, ${dateTimeText(item.starts_at)}` : item.reference}
            </a>
            <StateTag label={item.state_label} />
          </p>
          {!ofCase && <p class="app-quiet">Case of {item.lead_agency}</p>}
        </>
      )}
    </Cards>
  );
}
