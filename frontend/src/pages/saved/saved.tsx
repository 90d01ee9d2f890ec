/** Lists kept under a name: on home all of them, and on the page of a list those of that page and the way to keep it. */

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { newKey, post } from "../../api/client";
import type { SavedList, SavedLists } from "../../api/types";
import { useResource } from "../../lib/resource";
import { ListForm, reasonsOf } from "./form";

const PATH = "saved-lists/";

/** Those that open the page one is at; an address without what the list is narrowed by is the whole list. */
const isOf = (path: string) => (list: SavedList) => new URL(list.url, location.origin).pathname === path;

function Names({ lists }: { lists: SavedList[] }) {
  return (
    <ul class="govuk-list app-links">
      {lists.map((list) => (
        <li key={list.id}>
          <a href={list.url}>{list.name}</a>
          {!list.is_own && <span class="app-quiet"> Shown by {list.owner}</span>}
        </li>
      ))}
    </ul>
  );
}

export function KeepThis() {
  const { path, url } = useLocation();
  const resource = useResource<SavedLists>(PATH);
  const [said, setSaid] = useState("");
  const [isOpen, setOpen] = useState(false);
  const known = resource.data.value;
  if (!known) return null;
  const here = known.results.filter(isOf(path));
  const done = (list: SavedList) => {
    setSaid(`“${list.name}” is kept. It stands here and on your home page.`);
    setOpen(false);
    void resource.load();
  };
  return (
    <section class="app-section" aria-labelledby="kept-here">
      <h2 class="govuk-heading-s" id="kept-here">
        Lists you keep
      </h2>
      <div aria-live="polite">{said && <p>{said}</p>}</div>
      {here.length > 0 && <Names lists={here} />}
      {isOpen ? (
        <ListForm
          key={url}
          id="keep"
          mayShare={known.may_share}
          button="Keep this list"
          path={PATH}
          also={{ address: url }}
          onDone={done}
        />
      ) : (
        <button type="button" class="app-link-button" onClick={() => setOpen(true)}>
          Keep this list under a name
        </button>
      )}
    </section>
  );
}

/** Home: each list with its page, and for one's own the way to call it otherwise or to remove it. */
export function Kept() {
  const resource = useResource<SavedLists>(PATH);
  const [removed, setRemoved] = useState<SavedList | null>(null);
  const known = resource.data.value;
  if (!known || (known.results.length === 0 && !removed)) return null;
  const changed = (gone: SavedList | null) => {
    setRemoved(gone);
    void resource.load();
  };
  return (
    <section class="app-section" aria-labelledby="home-kept">
      <h2 class="govuk-heading-m" id="home-kept">
        Lists you keep
      </h2>
      <div role="status">{removed && <Removed list={removed} onBack={() => changed(null)} />}</div>
      <ul class="app-cards">
        {known.results.map((list) => (
          <li class="app-card" key={`${list.id} ${list.version}`}>
            <p class="app-card__head">
              <a class="app-card__link" href={list.url}>
                {list.name}
              </a>
              <span class="app-quiet">{aboutOf(list)}</span>
            </p>
            {list.is_own && <Own list={list} mayShare={known.may_share} onDone={changed} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function aboutOf(list: SavedList): string {
  if (!list.is_own) return `${list.place}, shown by ${list.owner}`;
  return list.is_shared ? `${list.place}, shown to the other managers` : list.place;
}

interface OwnProps {
  list: SavedList;
  mayShare: boolean;
  onDone: (gone: SavedList | null) => void;
}

function Own({ list, mayShare, onDone }: OwnProps) {
  const { busy, problems, act } = useAct();
  const remove = () => act(`${PATH}${list.id}/remove/`, list.version, onDone);
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          Change or remove<span class="govuk-visually-hidden"> “{list.name}”</span>
        </span>
      </summary>
      <div class="govuk-details__text">
        <ListForm
          id={`kept-${list.id}`}
          mayShare={mayShare}
          begun={list}
          button="Save"
          path={`${PATH}${list.id}/change/`}
          also={{ version: list.version }}
          onDone={() => onDone(null)}
        />
        <Problems sentences={problems} />
        <button type="button" class="app-link-button" disabled={busy} onClick={remove}>
          Remove this list<span class="govuk-visually-hidden"> “{list.name}”</span>
        </button>
      </div>
    </details>
  );
}

function Removed({ list, onBack }: { list: SavedList; onBack: () => void }) {
  const { busy, problems, act } = useAct();
  return (
    <>
      <p>
        “{list.name}” is removed.{" "}
        <button
          type="button"
          class="app-link-button"
          disabled={busy}
          onClick={() => act(`${PATH}${list.id}/restore/`, list.version, onBack)}
        >
          Put it back
        </button>
      </p>
      <Problems sentences={problems} />
    </>
  );
}

/** One press without a form. */
function useAct() {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const act = async (path: string, version: number, onDone: (list: SavedList) => void) => {
    setBusy(true);
    try {
      onDone(await post<SavedList>(path, { version }, newKey()));
    } catch (error) {
      setProblems(reasonsOf(error));
    }
    setBusy(false);
  };
  return { busy, problems, act };
}

function Problems({ sentences }: { sentences: string[] }) {
  return (
    <>
      {sentences.map((sentence) => (
        <p key={sentence} role="alert">
          {sentence}
        </p>
      ))}
    </>
  );
}
