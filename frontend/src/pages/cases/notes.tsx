/** The notes of a case: what is pinned, then visits, calls and talks, what happened last first. */
import type { Note, RectificationRow, ToldNote } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Listing } from "../../ui/rows";
import { SaidToBeWrong } from "../rights/said";
import { CanDo } from "./can_do";

export function Notes({ caseId }: { caseId: string }) {
  // A screen of them: after years of work fifty would be most of what the page of the case weighs.
  const list = useRows<Note>(`cases/${caseId}/notes/?page_size=10`);
  const said = useRows<RectificationRow>(`rectifications/?case=${caseId}&page_size=100`).rows ?? [];
  return (
    <Listing
      list={list}
      empty={<p>When a visit, a call or a talk is recorded, it stands here for everybody who works on the case.</p>}
    >
      {(notes) => (
        <div class="moj-timeline">
          {notes.map((note) => (
            <Entry
              key={note.id}
              note={note}
              at={`/cases/${caseId}`}
              said={said.filter(({ note_id: id }) => id === note.id)}
            />
          ))}
        </div>
      )}
    </Listing>
  );
}

const seen = ({ child_seen: wasSeen, child_seen_alone: alone }: ToldNote) => {
  if (alone) return "Child seen alone";
  return wasSeen ? "Child seen" : "Child not seen";
};

const namedText = ({ name, read_at: readAt }: ToldNote["named"][number]) => (readAt ? `${name} (has read it)` : name);

interface Props {
  /** With what its reader may do about it, where that is offered. */
  note: ToldNote & Partial<Pick<Note, "options">>;
  /** Where it stands: one comes back to it from what is done about it. */
  at?: string;
  /** What somebody says is wrong in it, where that can be written down. */
  said?: RectificationRow[];
}

/** One note, as everybody who may read it does. */
export function Entry({ note, at = "", said }: Props) {
  return (
    <div class="moj-timeline__item">
      <div class="moj-timeline__header">
        <h3 class="moj-timeline__title">{note.kind_label}</h3>
        <p class="moj-timeline__byline">
          {" "}
          by {note.by}, {note.agency}
        </p>
      </div>
      <p class="moj-timeline__date">
        <time dateTime={note.happened_at}>
          {note.analysis ? dateText(note.happened_at) : dateTimeText(note.happened_at)}
        </time>
        {note.is_late && `, written down ${dateTimeText(note.written_at)}`}
        {note.mark_label && <strong class="govuk-tag govuk-tag--red app-note__pin">{note.mark_label}</strong>}
        {note.is_pinned && <strong class="govuk-tag app-note__pin">Pinned</strong>}
      </p>
      <div class="moj-timeline__description">
        {!note.analysis && (
          <p class="app-quiet">
            {seen(note)}
            {note.people.length > 0 && `. With: ${note.people.join(", ").toLowerCase()}`}
            {note.is_shared && ". Shared with the team around the child"}
            {note.meant_for.length > 0 && `. Meant for: ${note.meant_for.join(", ").toLowerCase()}`}
            {note.named.length > 0 && `. Names: ${note.named.map(namedText).join(", ")}`}
          </p>
        )}
        {note.relabelled && (
          <p class="app-quiet">
            Who may read it was changed by {note.relabelled.by}, {dateTimeText(note.relabelled.at)}:{" "}
            {note.relabelled.why}
          </p>
        )}
        <p class="app-answer">{note.text}</p>
        {note.analysis && <p class="app-answer">What it means for the child: {note.analysis}</p>}
        {note.corrections.map((correction) => (
          <div key={correction.id} class="govuk-inset-text">
            <p class="app-quiet">
              Corrected by {correction.by}, {dateTimeText(correction.written_at)}
            </p>
            <p class="app-answer">{correction.text}</p>
          </div>
        ))}
        {said?.map((row) => (
          <SaidToBeWrong key={row.id} row={row} />
        ))}
        {said && (note.options ?? []).length > 0 && <Dispute note={note} at={at} />}
        <CanDo
          path={`/notes/${note.id}`}
          options={note.options ?? []}
          of={`${note.kind_label}, ${dateTimeText(note.happened_at)}`}
          at={at}
        />
      </div>
    </div>
  );
}

/** What a family says is wrong stands beside the note; the note stays as it was written. */
function Dispute({ note, at }: { note: ToldNote; at: string }) {
  return (
    <p>
      <a href={`/disputed-notes/${note.id}/do/dispute?back=${encodeURIComponent(at)}`}>
        Somebody says this is wrong
        <span class="govuk-visually-hidden">
          : {note.kind_label}, {dateTimeText(note.happened_at)}
        </span>
      </a>
    </p>
  );
}
