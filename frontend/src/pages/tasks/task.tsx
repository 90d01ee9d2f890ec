/** One task: what happened, how long ago, by when to act, and the ways to end it. */
import type { Task } from "../../api/types";
import { appPath, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SafetyBanner } from "../../ui/safety";
import { Countdown, StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function TaskRoute({ params }: { params: { id: string } }) {
  return <TaskPage key={params.id} id={params.id} />;
}

function TaskPage({ id }: { id: string }) {
  const resource = useResource<Task>(`tasks/${id}/`);
  const task = resource.data.value;
  return (
    <Page
      title={task?.kind_label ?? "Task"}
      caption={task?.reference}
      back={{ href: "/tasks", label: "All my tasks" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={task !== null}
      aside={
        task && (
          <p class="app-tags">
            <StateTag label={task.state_label} />
            {!task.ended_at && <Countdown dueAt={task.due_at} rag={task.rag} />}
          </p>
        )
      }
    >
      {task && <Body task={task} />}
    </Page>
  );
}

function Body({ task }: { task: Task }) {
  return (
    <>
      <SafetyBanner alerts={task.safety} />
      {task.hint && <p class="govuk-body-l">{task.hint}.</p>}
      <SummaryList
        rows={[
          { label: "Happened", value: dateTimeText(task.happened_at) },
          { label: "What is known", value: task.text.split("\n") },
          { label: "Act by", value: dateTimeText(task.due_at) },
          { label: "Given to", value: `${task.owner}, ${task.owner_agency}` },
          { label: "Given", value: dateTimeText(task.made_at) },
          { label: "Ended", value: task.ended_at ? `${dateTimeText(task.ended_at)}, by ${task.ended_by}` : "" },
          { label: "Reason", value: task.reason_label },
          { label: "What came of it", value: task.outcome ? task.outcome.split("\n") : "" },
        ]}
      />
      <Options options={task.options} />
      {task.record_url && (
        <p>
          <a href={appPath(task.record_url)}>Open {task.reference}</a>
        </p>
      )}
    </>
  );
}
