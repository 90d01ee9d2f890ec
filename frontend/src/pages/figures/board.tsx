/** What stands out in the city and the latest report of it: where somebody of a board begins. */
import type { NeedsReport, NewReport, ReportRow } from "../../api/types";
import { useResource, useRows } from "../../lib/resource";
import { Loading } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { Cards, Listing } from "../../ui/rows";
import { SummaryList } from "../../ui/summary";
import { MakeReport, ReportLine } from "../reports/reports";
import { received, standsOut } from "./stands_out";

export default function Board() {
  return (
    <>
      <StandsOut />
      <LatestReport />
    </>
  );
}

function StandsOut() {
  const resource = useResource<NeedsReport>("figures/needs/");
  const found = resource.data.value;
  const { value: error } = resource.error;
  return (
    <section class="app-section" aria-labelledby="home-stands-out">
      <h2 class="govuk-heading-m" id="home-stands-out">
        What stands out
      </h2>
      {found && (found.total > 0 ? <Findings found={found} /> : <p>Nothing has been published yet.</p>)}
      {!found && (error ? <Problem error={error} retry={resource.load} /> : <Loading />)}
    </section>
  );
}

function Findings({ found }: { found: NeedsReport }) {
  return (
    <>
      <p>{received(found)}</p>
      <SummaryList
        rows={standsOut(found).map(({ label, finding, href }) => ({
          label,
          value: href ? <a href={href}>{finding}</a> : finding,
        }))}
      />
      <p>
        <a href="/needs">See the map and every chart, through the theme of your board</a>
      </p>
    </>
  );
}

function LatestReport() {
  const list = useRows<ReportRow>("reports/?page_size=1");
  const make = useResource<NewReport>("reports/new/").data.value?.options[0];
  return (
    <section class="app-section" aria-labelledby="home-report">
      <h2 class="govuk-heading-m" id="home-report">
        The latest report
      </h2>
      <Listing
        list={list}
        all={{ href: "/reports", label: "See all reports" }}
        empty={<p>No report has been made yet.</p>}
      >
        {(rows) => <Cards rows={rows}>{(row) => <ReportLine {...row} />}</Cards>}
      </Listing>
      <MakeReport make={make} back="/" />
    </section>
  );
}
