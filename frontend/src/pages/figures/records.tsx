/** The records that one number of the figures counts. */
import type { Flow, FlowCut, FlowRecord } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { asQuery, Counted } from "./counted";
import { cutPath } from "./cut";
import { RecordHead } from "./frame";

const WORDS: Record<string, string> = { in_time: "done in time", late: "done late", not_done: "not done" };
const ASKED = ["period", "kind", "is_urgent", "outcome", "by", "group"];

const LIST_ONLY = ["group", "outcome"];

/** What is listed, in words: the thing that was to be done, and of which group where it is told apart. */
function namesOf(found: Flow | FlowCut, asked: Record<string, string>): string[] | null {
  if ("cuts" in found) {
    const group = found.rows.find(({ id }) => id === asked.group);
    return group ? [found.label, group.label] : [found.label];
  }
  const row = found.rows.find(
    ({ kind, is_urgent }) => kind === asked.kind && String(is_urgent) === (asked.is_urgent ?? "false"),
  );
  return row ? [row.label] : null;
}

export function FlowRecords({ asked }: { asked: Record<string, string> }) {
  const query = asQuery(asked, ASKED);
  const period = query.get("period");
  const whole = period ? `figures/flow/?period=${encodeURIComponent(period)}` : "figures/flow/";
  const flow = useResource<Flow | FlowCut>(asked.by ? cutPath(asked) : whole);
  const found = flow.data.value;
  const of = found && namesOf(found, asked);
  const label = labelOf("figures", "Time taken");
  const cut = new URLSearchParams(Object.fromEntries([...query].filter(([name]) => !LIST_ONLY.includes(name))));
  const from = found && "cuts" in found ? found.label : label;
  const back = { href: asked.by ? `/figures?${cut}` : period ? `/figures?period=${period}` : "/figures", label: from };
  return (
    <Counted<FlowRecord>
      title={of ? `${of.join(", ")}: ${WORDS[asked.outcome ?? ""] ?? ""}` : label}
      back={back}
      found={found}
      within="Fell due from"
      path={`figures/flow/list/?${query}`}
      list="flow"
    >
      {(one) => <Record {...one} />}
    </Counted>
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
