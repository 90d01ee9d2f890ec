/** What one person has to do: each line says what, for whom and by when, and opens the page where it is done. */
import type { Work, WorkItem } from "../../api/types";
import { appPath, dateText, dateTimeText, nameAndAge } from "../../lib/format";
import { Countdown } from "../../ui/status";

/** The parts in the order of a working day; one that is empty is left out, but for the day itself. */
export const PARTS = [
  { name: "overdue", title: "Overdue", always: false },
  { name: "today", title: "Today", always: true },
  { name: "soon", title: "In the next seven days", always: false },
  { name: "waiting", title: "Waiting for somebody else", always: false },
  { name: "turning_points", title: "Turning points", always: false },
] as const;

export type Part = (typeof PARTS)[number]["name"];

interface Props {
  work: Work;
  parts: readonly Part[];
  level: 2 | 3;
  /** Not more than so many lines a part, where the whole list is a click away. */
  most?: number;
}

export function WorkParts({ work, parts, level, most = Number.POSITIVE_INFINITY }: Props) {
  const shown = PARTS.filter(({ name, always }) => parts.includes(name) && (always || work[name].length > 0));
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <>
      {shown.map(({ name, title }) => (
        <section class="app-section" key={name} aria-labelledby={`work-${name}`}>
          <Heading class={`govuk-heading-${level === 2 ? "m" : "s"}`} id={`work-${name}`}>
            {title}
          </Heading>
          {work[name].length === 0 ? (
            <div class="app-empty">
              <p>Nothing is due today.</p>
            </div>
          ) : (
            <ul class="app-work">
              {work[name].slice(0, most).map((item) => (
                <Line key={item.id} item={item} isWaiting={name === "waiting"} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </>
  );
}

function Line({ item, isWaiting }: { item: WorkItem; isWaiting: boolean }) {
  const child = nameAndAge(item.child_name, item.child_age);
  return (
    <li class="app-work__item">
      <div class="app-work__what">
        <a class="app-card__link" href={appPath(item.url)}>
          {item.label}
        </a>
        <p class="app-quiet">{[child, item.reference].filter(Boolean).join(", ")}</p>
      </div>
      <div class="app-work__when">
        {!isWaiting && item.kind !== "draft" && item.kind !== "mention" && (
          <Countdown dueAt={item.due_at} rag={item.rag} />
        )}
        <p class="app-quiet">{whenText(item)}</p>
        {item.kind === "next_step" && item.case_id && (
          <a href={`/cases/${item.case_id}/do/write_note?back=/work`}>
            Record it<span class="govuk-visually-hidden">: {[item.label, child].filter(Boolean).join(", ")}</span>
          </a>
        )}
      </div>
    </li>
  );
}

function whenText(item: WorkItem): string {
  const when = item.due_at ? dateTimeText(item.due_at) : dateText(item.due_on);
  if (item.kind === "next_step") return `Planned for ${when}`;
  if (item.kind === "session") return when;
  if (item.kind === "turning_point") return `On ${when}`;
  if (item.kind === "mention") return `Written ${when}`;
  if (item.kind === "draft") return `Saved ${when}, not sent`;
  if (!item.since) return `Due ${when}`;
  const asked = `Since ${dateText(item.since)}`;
  // Of a second person no day is promised here.
  return item.kind === "confirmation" ? asked : `${asked}, due ${when}`;
}
