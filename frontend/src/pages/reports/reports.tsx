/** The reports of the partnership, the latest first, and where one is made. */
import type { NewReport, ReportRow } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";

export default function ReportsPage() {
  const list = useRows<ReportRow>("reports/");
  const make = useResource<NewReport>("reports/new/").data.value?.options[0];
  return (
    <Page title={labelOf("reports", "Reports")}>
      <p class="govuk-body-l">
        Figures of the whole partnership as they were on the day on which a report was made. They tell of no child, and
        they never change.
      </p>
      <MakeReport make={make} back="/reports" />
      <Listing list={list} empty={<p>No report has been made yet.</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <ReportLine {...row} />}</Cards>}
      </Listing>
    </Page>
  );
}

/** Where one is made, for whoever may. */
export function MakeReport({ make, back }: { make: NewReport["options"][number] | undefined; back: string }) {
  if (!make) return null;
  return (
    <p>
      <a class="govuk-button" href={`/reports/new/do/${make.name}?back=${back}`}>
        {make.label}
      </a>
    </p>
  );
}

/** One of them, in a list. */
export function ReportLine({ id, title, edition, made_by, made_at }: ReportRow) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/reports/${id}`}>
          {title}
          {edition > 1 && `, edition ${edition}`}
        </a>
      </p>
      <p class="app-quiet">
        Made by {made_by}, {dateTimeText(made_at)}
      </p>
    </>
  );
}
