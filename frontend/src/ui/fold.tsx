/** Sections of a long page that fold: the heading and what it says in short stand there, the rest when it is asked for. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

/** What is open on which page, for as long as the tab is: who comes back from a list finds it as it was. */
const opened = signal<Record<string, string[]>>({});

interface FoldsProps {
  /** Of which page. */
  place: string;
  /** The most important first: it is open until somebody folds it. */
  sections: { id: string; title: string; short: ComponentChildren; body: ComponentChildren }[];
}

export function Folds({ place, sections }: FoldsProps) {
  const open = opened.value[place] ?? sections.slice(0, 1).map(({ id }) => id);
  const set = (ids: string[]) => {
    opened.value = { ...opened.value, [place]: ids };
  };
  const all = sections.length > 0 && sections.every(({ id }) => open.includes(id));
  return (
    <>
      {sections.length > 1 && (
        <p class="app-fold__all">
          <button type="button" class="app-link-button" onClick={() => set(all ? [] : sections.map(({ id }) => id))}>
            {all ? "Fold all sections" : "Show all sections"}
          </button>
        </p>
      )}
      {sections.map((one) => (
        <Fold
          key={one.id}
          {...one}
          isOpen={open.includes(one.id)}
          turn={() => set(open.includes(one.id) ? open.filter((id) => id !== one.id) : [...open, one.id])}
        />
      ))}
    </>
  );
}

interface FoldProps {
  id: string;
  title: string;
  short: ComponentChildren;
  body: ComponentChildren;
  isOpen: boolean;
  turn: () => void;
}

function Fold({ id, title, short, body, isOpen, turn }: FoldProps) {
  return (
    <section class="app-figures app-fold" aria-labelledby={`figure-${id}`}>
      <h2 class="govuk-heading-m app-fold__head" id={`figure-${id}`}>
        <button
          type="button"
          class="app-fold__button"
          aria-expanded={isOpen}
          aria-controls={`section-${id}`}
          onClick={turn}
        >
          {title}
        </button>
      </h2>
      {!isOpen && short && <p class="app-fold__short">{short}</p>}
      <div class="app-fold__body" id={`section-${id}`} hidden={!isOpen}>
        {body}
      </div>
    </section>
  );
}
