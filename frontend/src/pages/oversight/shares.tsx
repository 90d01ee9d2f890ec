/** What was shared with whom, across records or of one child: for information governance. */
import { useLocation } from "preact-iso/router";
import type { LedgerForm, LedgerLine } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { ExportLink } from "../exports/link";
import { Choice } from "./narrow";

interface Props {
  /** The child it is about; none, all of them. */
  child: string;
  query: Record<string, string>;
}

const FILTERS = ["agency", "basis", "month"];

export function Shares({ child, query }: Props) {
  const { path, route } = useLocation();
  const form = useResource<LedgerForm>("shares/form/");
  const asked = new URLSearchParams(child ? { child } : {});
  for (const name of FILTERS) if (query[name]) asked.set(name, query[name]);
  const list = useRows<LedgerLine>(`shares/?${asked}`);
  const narrow = (name: string, value: string) => {
    const chosen = new URLSearchParams(Object.entries({ ...query, [name]: value }).filter(([, given]) => given));
    route(chosen.size > 0 ? `${path}?${chosen}` : path);
  };
  return (
    <Page
      title={child ? "What was shared about this child" : labelOf("shares", "What was shared")}
      back={child ? { href: `/looks/child/${child}`, label: "Who looked at this child" } : undefined}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
    >
      {form.data.value && <Filters form={form.data.value} query={query} narrow={narrow} />}
      {!child && <ExportLink list="shares" filters={asked} />}
      <Listing list={list} empty={<p>Nothing was shared that fits this.</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <OneShare row={row} />}</Cards>}
      </Listing>
    </Page>
  );
}

interface FilterProps {
  form: LedgerForm;
  query: Record<string, string>;
  narrow: (name: string, value: string) => void;
}

function Filters({ form, query, narrow }: FilterProps) {
  return (
    <form class="app-search" onSubmit={(event) => event.preventDefault()} aria-label="Narrow the list">
      <Choice name="agency" label="Agency" all="All agencies" choices={form.agencies} {...{ query, narrow }} />
      <Choice name="basis" label="UK GDPR basis" all="Any basis" choices={form.bases} {...{ query, narrow }} />
      <Choice name="month" label="Month" all="All months" choices={form.months} {...{ query, narrow }} />
    </form>
  );
}

function OneShare({ row }: { row: LedgerLine }) {
  return (
    <>
      <p class="app-card__head">
        <strong>{row.what}</strong>
        <strong class={`govuk-tag app-tag${row.state === "Stands" ? "" : " govuk-tag--grey"}`}>{row.state}</strong>
      </p>
      <p>
        From {row.from_agency} to {row.is_copy ? "whoever asked: " : ""}
        {row.to_agency}
        {row.is_outside && !row.is_copy && ", who are not in this partnership"}. {row.purpose}.
      </p>
      {!row.is_copy && (
        <p class="app-quiet">
          {row.article6_label} · {row.condition_label} · {row.power_label}
        </p>
      )}
      <p class="app-quiet">
        {row.by}, {dateTimeText(row.at)}. {row.records.join(", ")}
      </p>
      <Ending row={row} />
    </>
  );
}

/** When it ended, or will by itself. */
function Ending({ row }: { row: LedgerLine }) {
  if (row.withdrawn_at) return <p>Consent taken back on {dateText(row.withdrawn_at)}.</p>;
  if (row.renewed_at) return <p>Carried on by a later share on {dateText(row.renewed_at)}.</p>;
  if (!row.expires_on) return null;
  return (
    <p>
      {row.state === "Ended" ? "Ended on" : "Ends by itself on"} {dateText(row.expires_on)}.
    </p>
  );
}
