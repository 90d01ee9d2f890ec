/** The notes of a case: visits, calls and talks, what happened last first. */
import type { Note } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Listing } from "../../ui/rows";

export function Notes({ caseId }: { caseId: string }) {
  const list = useRows<Note>(`cases/${caseId}/notes/`);
  return (
    <Listing
      list={list}
      empty={<p>When a visit, a call or a talk is recorded, it stands here for everybody who works on the case.</p>}
    >
      {(notes) => (
        <div class="moj-timeline">
          {notes.map((note) => (
            <Entry key={note.id} note={note} />
          ))}
        </div>
      )}
    </Listing>
  );
}

const seen = ({ child_seen: wasSeen, child_seen_alone: alone }: Note) => {
  if (alone) return "Child seen alone";
  return wasSeen ? "Child seen" : "Child not seen";
};

/** One note, as everybody who may read it does. */
export function Entry({ note }: { note: Note }) {
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
      </p>
      <div class="moj-timeline__description">
        {!note.analysis && (
          <p class="app-quiet">
            {seen(note)}
            {note.people.length > 0 && `. With: ${note.people.join(", ").toLowerCase()}`}
            {note.is_shared && ". Shared with the team around the child"}
          </p>
        )}
        <p class="app-answer">{note.text}</p>
        {note.analysis && <p class="app-answer">What it means for the child: {note.analysis}</p>}
      </div>
    </div>
  );
}
