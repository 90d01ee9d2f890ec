/** What is due: child by child, by the references of their records, with what keeps each; and record by record. */
import type { DueChild, DueRecord, RetentionForm } from "../../api/types";
import { dateText, lowerFirst } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

export function DueList() {
  const list = useRows<DueChild>("retention/due/");
  return (
    <>
      <p>
        Children of whom every case and every referral has ended and is due. What is deleted is everything about a
        child, in every agency.
      </p>
      <Propose />
      <Listing list={list} empty={<p>Nothing is due.</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <DueCard row={row} />}</Cards>}
      </Listing>
    </>
  );
}

function Propose() {
  const way = useResource<RetentionForm>("disposals/new/").data.value?.options[0];
  return way ? (
    <p>
      <a class="govuk-button" href={`/disposals/new/do/${way.name}?back=/retention`}>
        {way.label}
      </a>
    </p>
  ) : null;
}

function DueCard({ row }: { row: DueChild }) {
  const keeps = row.obstacles.map(({ label }) => `${label}.`).join(" ");
  return (
    <>
      <p class="app-card__head">
        <strong>{row.references.join(", ")}</strong>
        <StateTag label={keeps ? "Kept" : "Due"} />
      </p>
      <p class="app-quiet">
        Due since {dateText(row.due_on)}, under version {row.schedule} of the schedule.
      </p>
      {keeps && <p>{keeps}</p>}
    </>
  );
}

export function RecordList() {
  const list = useRows<DueRecord>("retention/records/");
  return (
    <>
      <p>Each case and referral that has ended, and the day from which it may be deleted.</p>
      <Listing list={list} empty={<p>No record has ended.</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <RecordCard row={row} />}</Cards>}
      </Listing>
    </>
  );
}

function RecordCard({ row }: { row: DueRecord }) {
  return (
    <>
      <p class="app-card__head">
        <strong>{row.reference}</strong>
        <StateTag label={row.is_due ? "Due" : "Not due yet"} />
      </p>
      <p>
        {row.record}. Ended {dateText(row.ended_on)}; {row.is_due ? "due since" : "due on"} {dateText(row.due_on)}.
      </p>
      <p class="app-quiet">
        The time runs from: {lowerFirst(row.starts_from)} ({dateText(row.starts_on)}). Version {row.schedule} of the
        schedule.
      </p>
    </>
  );
}
