/** My work: what is late, what today asks for, what comes, and what others owe. */
import type { Work } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { PARTS, WorkParts } from "./list";

const ALL = PARTS.map(({ name }) => name);

export default function MyWork() {
  const resource = useResource<Work>("work/");
  const work = resource.data.value;
  return (
    <Page
      title={labelOf("work", "My work")}
      error={resource.error.value}
      retry={resource.load}
      ready={work !== null}
      aside={<Elsewhere unread={work?.unread_messages ?? 0} />}
    >
      {work && (
        <>
          {work.is_cut && (
            <p class="govuk-body">
              You carry more cases than are looked through here. <a href="/cases">See all your cases</a>
            </p>
          )}
          <WorkParts work={work} parts={ALL} level={2} />
        </>
      )}
    </Page>
  );
}

/** Beyond this many the exact number helps nobody. */
const MANY = 50;

function newMessages(unread: number): string {
  if (unread > MANY) return `More than ${MANY} new messages`;
  return unread === 1 ? "1 new message" : `${unread} new messages`;
}

function Elsewhere({ unread }: { unread: number }) {
  return (
    <ul class="govuk-list">
      {unread > 0 && (
        <li>
          <a href="/messages">{newMessages(unread)}</a>
        </li>
      )}
      <li>
        <a href="/cases">My cases</a>
      </li>
      <li>
        <a href="/tasks">My tasks</a>
      </li>
    </ul>
  );
}
