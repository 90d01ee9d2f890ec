/** What somebody says is wrong in a note: on its own page, and in the list of those that wait for a manager. */
import type { Rectification, RectificationRow } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export function ToDecide() {
  const list = useRows<RectificationRow>("rectifications/");
  return (
    <Page title={labelOf("rectifications", "Said to be wrong")}>
      <p>
        What people say is wrong in notes that your organisation wrote. The notes stay as they were written: you decide
        whether a new entry puts it right, or why it stays.
      </p>
      <Listing list={list} empty={<p>Nothing waits for a decision.</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <p class="app-card__head">
                  <a class="app-card__link" href={`/rectifications/${row.id}`}>
                    {row.reference}
                  </a>
                  <StateTag label={row.state_label} />
                </p>
                <p class="app-lines">{row.wrong}</p>
                <p class="app-quiet">
                  {row.said_by}, {dateText(row.said_on)}
                </p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}

export function OneRectification({ id }: { id: string }) {
  const resource = useResource<Rectification>(`rectifications/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title="Said to be wrong"
      caption={one?.reference}
      back={{ href: "/rectifications", label: labelOf("rectifications", "Said to be wrong") }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && (
        <>
          <Options options={one.options} />
          <SummaryList
            rows={[
              { label: "The note", value: one.note && <span class="app-lines">{one.note}</span> },
              { label: "Who says that it is wrong", value: `${one.said_by}. ${one.said_as}. ${dateText(one.said_on)}` },
              { label: "What is wrong, as they see it", value: <span class="app-lines">{one.wrong}</span> },
              { label: "What they say is right", value: <span class="app-lines">{one.right}</span> },
              { label: "Written down by", value: `${one.recorded_by}, ${dateTimeText(one.recorded_at)}` },
              {
                label: "Decided",
                value: one.decided_by && `${one.state_label}, by ${one.decided_by}: ${one.decision}`,
              },
              { label: "Who decides", value: one.decided_by ? "" : `A manager of ${one.agency}` },
            ]}
          />
        </>
      )}
    </Page>
  );
}
