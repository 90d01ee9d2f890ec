/** One action of a plan: what to do for which child by when, and the ways to end it. */
import type { PlanAction } from "../../api/types";
import { appPath, dateText, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { stillOpen } from "../act/undo";

export default function ActionRoute({ params }: { params: { id: string } }) {
  return <ActionPage key={params.id} id={params.id} />;
}

function ActionPage({ id }: { id: string }) {
  const resource = useResource<PlanAction>(`actions/${id}/`);
  const action = resource.data.value;
  return (
    <Page
      title="To do for a family’s plan"
      caption={action?.reference}
      back={{ href: "/tasks", label: "All my tasks" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={action !== null}
      aside={action && <Tag action={action} />}
    >
      {action && <Body action={action} />}
    </Page>
  );
}

function Tag({ action }: { action: PlanAction }) {
  if (action.is_overdue) return <strong class="govuk-tag govuk-tag--red app-tag">Overdue</strong>;
  return <StateTag label={action.state_label} />;
}

function Body({ action }: { action: PlanAction }) {
  return (
    <>
      <SummaryList
        rows={[
          { label: "What to do", value: action.text.split("\n") },
          { label: "For", value: action.child_name },
          { label: "By", value: dateText(action.due_on) },
          { label: "Who does it", value: `${action.owner}, ${action.owner_agency}` },
          { label: "Who asked", value: `${action.made_by}, ${action.agency}` },
          {
            label: "Where it comes from",
            value: action.panels_url && <a href={appPath(action.panels_url)}>A panel decided it</a>,
          },
          { label: "After the case is closed", value: action.goes_on ? "It goes on" : "" },
          { label: "Ended", value: action.ended_at ? `${dateTimeText(action.ended_at)}, by ${action.ended_by}` : "" },
          { label: "Reason", value: action.reason_label },
          { label: "What came of it", value: action.outcome ? action.outcome.split("\n") : "" },
        ]}
      />
      <Options options={stillOpen(action.options)} />
      {action.record_url && (
        <p>
          <a href={appPath(action.record_url)}>Open the plan of {action.reference}</a>
        </p>
      )}
    </>
  );
}
