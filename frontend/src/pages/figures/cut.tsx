/** How long one thing takes by team, by where the referral came from or by need, and the records behind each number. */
import type { FlowCut, FlowCutRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";
import { Choices, CountedAt, HowCounted } from "./frame";
import { outcomeColumns, TimesNote } from "./times";

type Asked = Record<string, string>;

/** What the API is asked for one thing told apart. */
export function cutPath({ period, kind, is_urgent, by }: Asked): string {
  const asked = Object.entries({ period, kind, is_urgent, by }).filter((pair): pair is [string, string] => !!pair[1]);
  return `figures/flow/cut/?${new URLSearchParams(asked)}`;
}

export function CutPage({ asked }: { asked: Asked }) {
  const resource = useResource<FlowCut>(cutPath(asked));
  const found = resource.data.value;
  const label = labelOf("figures", "Time taken");
  const back = { href: asked.period ? `/figures?period=${asked.period}` : "/figures", label };
  return (
    <Page
      title={found?.label ?? label}
      back={back}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      {found && <Found found={found} />}
    </Page>
  );
}

function Found({ found }: { found: FlowCut }) {
  const { kind, by } = found;
  const same = { kind, is_urgent: String(found.is_urgent) };
  const path = (more: Asked) => `/figures?${new URLSearchParams({ period: found.period, ...same, by, ...more })}`;
  return (
    <>
      <p class="govuk-body-l">
        What fell due from {dateText(found.first_day)} to {dateText(found.last_day)}, and what became of it.
      </p>
      <Choices label="Which days" options={found.periods} chosen={found.period} path={(period) => path({ period })} />
      <Choices label="By what" options={found.cuts} chosen={by} path={(other) => path({ by: other })} />
      <CountedAt found={found} />
      <Rows found={found} asked={same} />
      <HowCounted>
        <p>
          The team is the one that has the case now; of a referral, the team of whoever has it in triage. The main need
          and the theme are those of the case. Where a referral came from is what its form says.
        </p>
        <TimesNote {...found} />
        <p>
          Groups differ in what they bring as well as in what is done for them: a difference is where to look, not yet
          an answer. Records that you may not see, because of a conflict of interest or a seal, are not counted.
        </p>
        {!found.opens_lists && (
          <p>
            The records behind a number are for your manager to open here: what a group is told by stands in records of
            cases, which are open to those who help the child.
          </p>
        )}
      </HowCounted>
    </>
  );
}

function Rows({ found, asked }: { found: FlowCut; asked: Asked }) {
  if (found.rows.length === 0) return <p>Nothing of this kind fell due in these days.</p>;
  const { period, by, opens_lists } = found;
  const listed = ({ id }: FlowCutRow) => ({ period, ...asked, by, group: id });
  const label = found.cuts.find(({ code }) => code === by)?.label ?? "";
  const columns: Column<FlowCutRow>[] = [
    { label, cell: (row) => row.label },
    ...outcomeColumns<FlowCutRow>(opens_lists ? listed : undefined),
  ];
  return (
    <div class="app-figures">
      <Table caption={`${found.label}, by ${label.toLowerCase()}`} columns={columns} rows={found.rows} />
    </div>
  );
}
