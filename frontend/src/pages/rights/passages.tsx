/** Looking through a record, passage by passage: given, some words taken out, or all of it, each with its reason. */
import type { Passage, PassageForm, SubjectRequest } from "../../api/types";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { OnePassage } from "./passage";

const EMPTY: Record<string, string> = {
  "to-decide": "Every passage is decided. Go back, and send it for a check.",
  proposed: "No passage bears a label.",
  "taken-out": "Nothing is taken out.",
  all: "There is nothing to look through.",
};

export function Passages({ id, chosen = "to-decide" }: { id: string; chosen?: string }) {
  const resource = useResource<SubjectRequest>(`subject-requests/${id}/`);
  const form = useResource<PassageForm>("subject-requests/reasons/");
  const one = resource.data.value;
  return (
    <Page
      title="Look through the record"
      caption={one?.reference}
      back={{ href: `/subject-requests/${id}`, label: "Request for a copy" }}
      error={resource.error.value ?? form.error.value}
      retry={resource.load}
      ready={one !== null && form.data.value !== null}
    >
      {one && form.data.value && (
        <>
          <p>
            The record stays as it is: you decide what of this copy is given. What bears a label is proposed to be taken
            out, and you decide. Somebody else looks at all of it before it goes out.
          </p>
          <nav class="app-views" aria-label="Which passages">
            {one.views.map(({ value, label, number }) => (
              <a
                key={value}
                href={`/subject-requests/${id}/passages?view=${value}`}
                aria-current={value === chosen ? "page" : undefined}
              >
                {label} ({number})
              </a>
            ))}
          </nav>
          <List
            id={id}
            view={chosen}
            form={form.data.value}
            mayDecide={one.state === "open"}
            onDecided={resource.load}
          />
        </>
      )}
    </Page>
  );
}

interface ListProps {
  id: string;
  view: string;
  form: PassageForm;
  mayDecide: boolean;
  onDecided: () => Promise<void>;
}

function List({ id, view, form, mayDecide, onDecided }: ListProps) {
  const list = useRows<Passage>(`subject-requests/${id}/passages/?view=${encodeURIComponent(view)}&page_size=20`);
  return (
    <section aria-label="Passages">
      <Listing list={list} empty={<p>{EMPTY[view] ?? "There is none."}</p>}>
        {(rows) => (
          <ul class="app-cards">
            {rows.map((row) => (
              <li class="app-card" key={row.id}>
                <OnePassage request={id} first={row} form={form} mayDecide={mayDecide} onDecided={onDecided} />
              </li>
            ))}
          </ul>
        )}
      </Listing>
    </section>
  );
}
