/** What one number of the trend counts: each case or referral, what happened to it, and when. */
import { useLocation } from "preact-iso/router";
import type { Moved, Trend } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { RecordHead } from "../figures/frame";

const TITLES: Record<string, string> = {
  open: "Cases that were open at the end of",
  opened: "Cases opened or taken over in",
  closed: "Cases closed or handed over in",
  received: "Referrals received in",
};

export default function MovedRoute() {
  const { query } = useLocation();
  const asked = new URLSearchParams({ month: query.month ?? "", what: query.what ?? "" });
  return <MovedPage key={asked.toString()} asked={asked} />;
}

function MovedPage({ asked }: { asked: URLSearchParams }) {
  const trend = useResource<Trend>("figures/trend/");
  const list = useRows<Moved>(`figures/trend/list/?${asked}`);
  const month = trend.data.value?.months.find(({ id }) => id === asked.get("month"));
  const title = TITLES[asked.get("what") ?? ""];
  return (
    <Page
      title={month && title ? `${title} ${month.label}` : "The last twelve months"}
      back={{ href: "/", label: "Home" }}
    >
      <p class="govuk-body-l">
        As your agency’s records say. What another agency leads by now is counted too, and cannot be opened from here.
      </p>
      <Listing list={list} empty={<p>There are none.</p>}>
        {(rows) => (
          <Cards rows={rows}>
            {(row) => (
              <>
                <RecordHead url={row.url} name={row.reference || row.title} />
                <p class="app-quiet">
                  {row.reference && `${row.title}, `}
                  {dateTimeText(row.at)}
                </p>
              </>
            )}
          </Cards>
        )}
      </Listing>
    </Page>
  );
}
