/** The referral as a list of tasks, each with its status, in any order the sections allow. */
import type { Draft, DraftSection, Referral, Values } from "../../api/types";
import { askedPages, draftPath } from "../../lib/answers";
import { useDraft } from "../../lib/drafts";
import { dateText } from "../../lib/format";
import { gathered } from "../../lib/gather";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { NOTHING_YET, Page } from "../../ui/page";
import { Saved } from "../../ui/saved";
import { Siblings } from "./siblings";
import { StopNotice } from "./stop_notice";

export default function Tasks({ params }: { params: { id: string } }) {
  return <TasksPage key={params.id} id={params.id} />;
}

function TasksPage({ id }: { id: string }) {
  const { draft, error, autosave, load } = useDraft(id);
  const referral = useResource<Referral>(`referrals/${id}/`).data.value;
  const now = draft.value;
  const others = referral?.options.filter((option) => option.name !== "submit") ?? [];
  return (
    <Page
      title="Make a referral"
      caption={referral?.reference ?? NOTHING_YET}
      back={{ href: "/", label: "Home" }}
      narrow
      error={error.value}
      retry={load}
      onward={{ href: `/referrals/${id}`, label: "Open the referral" }}
      ready={now !== null}
    >
      {now?.stop?.is_urgent && <StopNotice stop={now.stop} />}
      {now?.again && <Again again={now.again} />}
      {now && <TaskGroups id={id} draft={now} values={autosave.values.value} />}
      <Saved autosave={autosave} savedAt={now?.saved_at ?? null} />
      {referral && <Siblings referral={referral} before={() => autosave.flush()} />}
      <Options options={others} title="More about this draft" />
    </Page>
  );
}

/** After which case, and where answers come from that nobody has typed here. */
function Again({ again }: { again: NonNullable<Draft["again"]> }) {
  return (
    <div class="govuk-inset-text">
      <p>
        Refers a child again after case {again.reference}, led by {again.lead_agency}
        {again.closed_at && `, closed on ${dateText(again.closed_at)}`}.
      </p>
      {again.taken_over_from.length > 0 && (
        <p>
          Who the child is, where they live and learn, and the family are as said by {again.taken_over_from.join("; ")}.
          Check that it still holds.
        </p>
      )}
    </div>
  );
}

function TaskGroups({ id, draft, values }: { id: string; draft: Draft; values: Values }) {
  // What nobody has to open is no part to complete, until somebody does.
  const parts = draft.sections.filter((section) => section.status !== "optional");
  const done = parts.filter((section) => section.status === "completed").length;
  return (
    <>
      <p>
        You have completed {done} of {parts.length} parts.
      </p>
      {gathered(draft.sections, (section) => section.group).map(([group, sections]) => (
        <div key={group}>
          {group && <h2 class="govuk-heading-m">{group}</h2>}
          <ul class="govuk-task-list">
            {sections.map((section) => (
              <Task key={section.name} section={section} href={firstPage(id, section, values)} />
            ))}
          </ul>
        </div>
      ))}
      <h2 class="govuk-heading-m">Check and send</h2>
      <ul class="govuk-task-list">
        <Item
          name="check"
          title="Check your answers and send"
          hint=""
          href={`/referrals/${id}/check`}
          status={draft.can_submit ? "Ready" : "Some parts are not complete"}
        />
      </ul>
    </>
  );
}

function firstPage(id: string, section: DraftSection, values: Values): string | null {
  const page = askedPages(section, values)[0];
  return section.status === "cannot_start_yet" || !page ? null : draftPath(id, section.name, page.name);
}

const STATUS: Record<DraftSection["status"], { label: string; tag?: string }> = {
  cannot_start_yet: { label: "Cannot start yet" },
  not_started: { label: "Not started", tag: "govuk-tag app-tag" },
  optional: { label: "Optional" },
  incomplete: { label: "Incomplete", tag: "govuk-tag govuk-tag--yellow app-tag" },
  completed: { label: "Completed" },
};

function Task({ section, href }: { section: DraftSection; href: string | null }) {
  const { label, tag } = STATUS[section.status];
  return <Item name={section.name} title={section.title} hint={section.hint} href={href} status={label} tag={tag} />;
}

interface ItemProps {
  name: string;
  title: string;
  hint: string;
  href: string | null;
  status: string;
  tag?: string;
}

function Item({ name, title, hint, href, status, tag }: ItemProps) {
  const described = [hint && `task-${name}-hint`, `task-${name}-status`].filter(Boolean).join(" ");
  return (
    <li class={`govuk-task-list__item${href ? " govuk-task-list__item--with-link" : ""}`}>
      <div class="govuk-task-list__name-and-hint">
        {href ? (
          <a class="govuk-link govuk-task-list__link" href={href} aria-describedby={described}>
            {title}
          </a>
        ) : (
          <div>{title}</div>
        )}
        {hint && (
          <div class="govuk-task-list__hint" id={`task-${name}-hint`}>
            {hint}
          </div>
        )}
      </div>
      <div
        class={`govuk-task-list__status${href ? "" : " govuk-task-list__status--cannot-start-yet"}`}
        id={`task-${name}-status`}
      >
        {tag ? <strong class={tag}>{status}</strong> : status}
      </div>
    </li>
  );
}
