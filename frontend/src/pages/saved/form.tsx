/** What a kept list is called, and whether the other managers of the agency see it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, newKey, post } from "../../api/client";
import type { SavedList } from "../../api/types";
import { explain } from "../../lib/explain";
import { ErrorMessage } from "../../ui/errors";

/** The sentences of a refusal: those beside what was typed come first. */
export function reasonsOf(error: unknown): string[] {
  const said = error instanceof ApiError ? Object.values(error.fields).flat() : [];
  return said.length > 0 ? said : explain(error);
}

interface Props {
  id: string;
  mayShare: boolean;
  begun?: SavedList;
  button: string;
  /** Where it is sent, and what goes with what is typed. */
  path: string;
  also: Record<string, unknown>;
  onDone: (list: SavedList) => void;
}

export function ListForm({ id, mayShare, begun, button, path, also, onDone }: Props) {
  const [name, setName] = useState(begun?.name ?? "");
  const [isShared, setShared] = useState(begun?.is_shared ?? false);
  const [problems, setProblems] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  // What opened it is gone: whoever works with the keyboard goes on in it.
  useEffect(() => {
    if (!begun) first.current?.focus();
  }, []);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      onDone(await post<SavedList>(path, { ...also, name, is_shared: isShared }, newKey()));
      setProblems([]);
    } catch (error) {
      setProblems(reasonsOf(error));
    }
    setBusy(false);
  };
  const bad = problems.length > 0;
  return (
    <form class="app-narrow" onSubmit={send} noValidate autocomplete="off">
      <div class={`govuk-form-group${bad ? " govuk-form-group--error" : ""}`}>
        <label class="govuk-label" for={`${id}-name`}>
          What do you call this list?
        </label>
        <div class="govuk-hint" id={`${id}-hint`}>
          Without the name of a child
        </div>
        <div role="alert">{bad && <ErrorMessage id={`${id}-error`} sentences={problems} />}</div>
        <input
          class={`govuk-input${bad ? " govuk-input--error" : ""}`}
          id={`${id}-name`}
          ref={first}
          type="text"
          maxLength={80}
          value={name}
          aria-describedby={bad ? `${id}-hint ${id}-error` : `${id}-hint`}
          aria-invalid={bad || undefined}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      {mayShare && (
        <div class="govuk-form-group">
          <div class="govuk-checkboxes govuk-checkboxes--small">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id={`${id}-shared`}
                type="checkbox"
                checked={isShared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
              <label class="govuk-label govuk-checkboxes__label" for={`${id}-shared`}>
                Show it to the other managers of my agency
              </label>
            </div>
          </div>
        </div>
      )}
      <button type="submit" class="govuk-button govuk-button--secondary" disabled={busy}>
        {busy ? "Saving…" : button}
      </button>
    </form>
  );
}
