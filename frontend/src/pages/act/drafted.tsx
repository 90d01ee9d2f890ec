/** What stands around a form that is kept as it is typed: whether it is saved, what clashes, and how to give it up. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Field } from "../../api/types";
import type { Drafting } from "../../lib/drafting";
import { explain } from "../../lib/explain";
import { notice } from "../../lib/navigation";
import { forgetAll } from "../../lib/resource";
import { Dialog } from "../../ui/dialog";
import { Saved } from "../../ui/saved";
import { Conflicts, conflictsOn } from "../refer/conflicts";

export function Clashes({ drafting, fields }: { drafting: Drafting; fields: Field[] }) {
  const { autosave, begunBy } = drafting;
  return (
    <>
      {begunBy && <p class="govuk-inset-text">{begunBy} began this. Read it before you send it in your name.</p>}
      <Conflicts
        items={conflictsOn({ fields }, autosave.conflicts.value)}
        onChoose={(field, keep) => autosave.resolve(field, keep)}
      />
    </>
  );
}

export function Kept({ drafting, back }: { drafting: Drafting; back: string }) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string[]>([]);
  const { route } = useLocation();
  const discard = async () => {
    try {
      await drafting.discard();
    } catch (error) {
      setFailure(explain(error));
      return;
    }
    forgetAll();
    notice.value = { title: "What you typed is deleted", lines: ["Nobody else had seen it."] };
    route(back);
  };
  return (
    <>
      <Saved autosave={drafting.autosave} savedAt={drafting.savedAt} />
      {drafting.savedAt && (
        <p>
          <button type="button" class="app-link-button" onClick={() => setAsking(true)}>
            Delete what you typed
          </button>
        </p>
      )}
      {asking && (
        <Dialog title="Delete what you typed?" onDismiss={() => setAsking(false)}>
          <p>It is deleted everywhere, and cannot be brought back. Nobody else has seen it.</p>
          {failure.map((sentence) => (
            <p key={sentence} class="govuk-error-message" role="alert">
              {sentence}
            </p>
          ))}
          <div class="govuk-button-group">
            <button type="button" class="govuk-button govuk-button--warning" onClick={discard}>
              Delete it
            </button>
            <button type="button" class="govuk-button govuk-button--secondary" onClick={() => setAsking(false)}>
              Keep it
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
