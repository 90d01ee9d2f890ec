/** What this person has to do, due first. */
import type { PlanAction, Task } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { ActionCards } from "./actions";
import { TaskCards } from "./list";

export default function Tasks() {
  const list = useRows<Task>("tasks/?view=mine");
  const actions = useRows<PlanAction>("actions/?view=mine");
  return (
    <Page title={labelOf("tasks", "My tasks")}>
      <Listing
        list={list}
        empty={<p>Nothing waits for you. What somebody asks you to do for a child is listed here.</p>}
      >
        {(rows) => <TaskCards rows={rows} />}
      </Listing>
      <h2 class="govuk-heading-m">For the plans of families</h2>
      <Listing list={actions} empty={<p>No plan asks you to do anything now.</p>}>
        {(rows) => <ActionCards rows={rows} />}
      </Listing>
    </Page>
  );
}
