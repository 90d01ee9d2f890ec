/** The panel meetings of the partnership: those to come, and those that are over. Nothing here is about a child. */
import type { NewPanel, PanelRow } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

const SECTIONS = [
  { view: "ahead", title: "To come", empty: "No panel is planned." },
  { view: "over", title: "Over", empty: "No panel has taken place yet." },
];

export default function Panels() {
  return (
    <Page title={labelOf("panels", "Panel meetings")}>
      <Plan />
      {SECTIONS.map((section) => (
        <Section key={section.view} {...section} />
      ))}
    </Page>
  );
}

/** Only for those who may, as the server says it. */
function Plan() {
  const way = useResource<NewPanel>("panels/new/").data.value?.options[0];
  return way ? (
    <p>
      <a class="govuk-button" href={`/panels/new/do/${way.name}?back=/panels`}>
        {way.label}
      </a>
    </p>
  ) : null;
}

function Section({ view, title, empty }: (typeof SECTIONS)[number]) {
  const list = useRows<PanelRow>(`panels/?view=${view}`);
  return (
    <section class="app-section" aria-labelledby={view}>
      <h2 class="govuk-heading-m" id={view}>
        {title}
      </h2>
      <Listing list={list} empty={<p>{empty}</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/panels/${row.id}`}>
                    {row.name}, {dateTimeText(row.starts_at)}
                  </a>
                  <StateTag label={row.state_label} />
                </p>
                <p class="app-quiet">
                  {row.kind_label}, chaired by {row.chair_agency}. Next: {row.next_step}.
                </p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </section>
  );
}
