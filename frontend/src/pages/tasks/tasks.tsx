/** What this person has to do, due first. */
import type { Task } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { TaskCards } from "./list";

export default function Tasks() {
  const list = useRows<Task>("tasks/?view=mine");
  return (
    <Page title={labelOf("tasks", "My tasks")}>
      <Listing
        list={list}
        empty={<p>Nothing waits for you. What somebody asks you to do for a child is listed here.</p>}
      >
        {(rows) => <TaskCards rows={rows} />}
      </Listing>
    </Page>
  );
}
