/** One panel: when and where, what of its agenda the reader may know, who came, and what can be done. */
import type { Panel } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Options, optionPath } from "../../ui/options";
import { Page } from "../../ui/page";
import { Cards, Table } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { ItemCards } from "./list";

export default function PanelRoute({ params }: { params: { id: string } }) {
  return <PanelPage key={params.id} id={params.id} />;
}

function PanelPage({ id }: { id: string }) {
  const resource = useResource<Panel>(`panels/${id}/`);
  const panel = resource.data.value;
  return (
    <Page
      title={panel?.name ?? "Panel"}
      back={{ href: "/panels", label: labelOf("panels", "Panel meetings") }}
      error={resource.error.value}
      retry={resource.load}
      ready={panel !== null}
      aside={panel && <StateTag label={panel.state_label} />}
    >
      {panel && <Body panel={panel} />}
    </Page>
  );
}

function Body({ panel }: { panel: Panel }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Actions">
        <Options options={panel.options} />
      </aside>
      <div class="app-record__main">
        <SummaryList
          rows={[
            { label: "When", value: dateTimeText(panel.starts_at) },
            { label: "Where", value: panel.place },
            { label: "What kind", value: panel.kind_label },
            { label: "Chaired by", value: panel.chair_agency },
            { label: "Planned by", value: panel.planned_by },
            { label: "Next", value: panel.next_step },
            { label: "Ended", value: panel.ended_at && `${dateTimeText(panel.ended_at)}, by ${panel.ended_by}` },
            { label: "Why", value: panel.reason },
          ]}
        />
        <section class="app-section" aria-labelledby="agenda">
          <h2 class="govuk-heading-m" id="agenda">
            Agenda
          </h2>
          {panel.agenda.length === 0 ? (
            <p class="app-empty">
              You see here the cases you work on and, until the minutes are signed, those that your organisation chairs
              or was invited to hear. There is none.
            </p>
          ) : (
            <ItemCards items={panel.agenda} />
          )}
        </section>
        <Proposals panel={panel} />
        {panel.attendance.length > 0 && (
          <Table
            caption="Who came"
            rows={panel.attendance}
            columns={[
              { label: "Organisation", cell: (row) => row.agency },
              { label: "Who", cell: (row) => row.person },
              { label: "Came?", cell: (row) => row.came_label },
            ]}
          />
        )}
      </div>
    </div>
  );
}

/** What is open in one’s own cases, for whoever prepares the meeting: one press puts a case on the agenda. */
function Proposals({ panel }: { panel: Panel }) {
  const add = panel.options.find((option) => option.name === "add_to_agenda");
  if (!add || panel.proposals.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="open-items">
      <h2 class="govuk-heading-m" id="open-items">
        Open items that it could hear
      </h2>
      <Cards rows={panel.proposals.map((one) => ({ ...one, id: one.case_id }))}>
        {(one) => (
          <>
            <p class="app-card__head">
              <a href={`/cases/${one.case_id}`}>{one.reference}</a>
            </p>
            <p>{one.reasons.join(". ")}.</p>
            <p>
              <a href={`${optionPath(add)}?case=${one.case_id}`}>
                Put it on the agenda<span class="govuk-visually-hidden">: {one.reference}</span>
              </a>
            </p>
          </>
        )}
      </Cards>
    </section>
  );
}
