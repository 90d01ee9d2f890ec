/** The records that one number of the figures counts. */
import type { Flow, FlowRecord } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { RecordHead } from "./frame";

const WORDS: Record<string, string> = { in_time: "done in time", late: "done late", not_done: "not done" };
const ASKED = ["period", "kind", "is_urgent", "outcome"];

export function FlowRecords({ asked }: { asked: Record<string, string> }) {
  const query = new URLSearchParams(ASKED.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])));
  const period = query.get("period");
  const flow = useResource<Flow>(period ? `figures/flow/?period=${encodeURIComponent(period)}` : "figures/flow/");
  const list = useRows<FlowRecord>(`figures/flow/list/?${query}`);
  const found = flow.data.value;
  const row = found?.rows.find(
    ({ kind, is_urgent }) => kind === asked.kind && String(is_urgent) === (asked.is_urgent ?? "false"),
  );
  const label = labelOf("figures", "Time taken");
  const back = { href: period ? `/figures?period=${period}` : "/figures", label };
  return (
    <Page title={row ? `${row.label}: ${WORDS[asked.outcome ?? ""] ?? ""}` : label} back={back}>
      {found && (
        <p class="govuk-body-l">
          Fell due from {dateText(found.first_day)} to {dateText(found.last_day)}.
        </p>
      )}
      <Listing list={list} empty={<p>There are none.</p>}>
        {(rows) => <Cards rows={rows}>{(one) => <Record {...one} />}</Cards>}
      </Listing>
    </Page>
  );
}

function Record({ reference, title, url, started_at, due_at, done_at }: FlowRecord) {
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p class="app-quiet">
        {[
          `From ${dateTimeText(started_at)}`,
          `due ${dateTimeText(due_at)}`,
          done_at ? `done ${dateTimeText(done_at)}` : "not done",
        ].join(", ")}
      </p>
    </>
  );
}
