/** One passage of a record: its words, and what is done with it. */
import { useRef, useState } from "preact/hooks";
import { newKey, post } from "../../api/client";
import type { Passage, PassageForm } from "../../api/types";
import { explain } from "../../lib/explain";
import { Failures } from "../../ui/failures";
import { StateTag } from "../../ui/status";
import { Words } from "./words";

interface Props {
  request: string;
  first: Passage;
  form: PassageForm;
  mayDecide: boolean;
  onDecided: () => Promise<void>;
}

export function OnePassage({ request, first, form, mayDecide, onDecided }: Props) {
  const [row, setRow] = useState(first);
  const [choosing, setChoosing] = useState(false);
  const [cut, setCut] = useState<number[]>(first.cut);
  const [failure, setFailure] = useState<string[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const decide = async (decision: string, reason = "") => {
    const body = { version: row.version, decision, reason, cut: decision === "redact" ? cut : [] };
    try {
      setRow(await post<Passage>(`subject-requests/${request}/passages/${row.id}/decide/`, body, newKey()));
      setFailure([]);
      setChoosing(false);
      heading.current?.focus();
      await onDecided();
    } catch (error) {
      setFailure(explain(error));
    }
  };
  return (
    <article aria-labelledby={`p-${row.id}`}>
      <div class="app-card__head">
        <h2 class="govuk-heading-s" id={`p-${row.id}`} tabIndex={-1} ref={heading}>
          {row.heading}
        </h2>
        <StateTag label={row.decision_label} />
      </div>
      {row.mark && (
        <p class="app-quiet">
          Labelled: {row.mark}. Proposed to be taken out: {row.proposed_label}.
        </p>
      )}
      <Words
        pieces={row.pieces}
        cut={choosing ? cut : row.cut}
        isOut={row.decision === "withhold" && !choosing}
        onCut={choosing ? setCut : undefined}
      />
      {row.decided_by && (
        <p class="app-quiet" role="status">
          {row.decision_label}
          {row.reason_label && `: ${row.reason_label}`}. Decided by {row.decided_by}.
        </p>
      )}
      <Failures sentences={failure} />
      {mayDecide &&
        (choosing ? (
          <TakeOut row={row} form={form} words={cut.length} onDecide={decide} onCancel={() => setChoosing(false)} />
        ) : (
          <Buttons row={row} onGive={() => void decide("keep")} onTakeOut={() => setChoosing(true)} />
        ))}
    </article>
  );
}

interface ButtonsProps {
  row: Passage;
  onGive: () => void;
  onTakeOut: () => void;
}

function Buttons({ row, onGive, onTakeOut }: ButtonsProps) {
  const which = <span class="govuk-visually-hidden">: {row.heading}</span>;
  return (
    <div class="govuk-button-group">
      {row.decision !== "keep" && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onGive}>
          Give it{which}
        </button>
      )}
      <button type="button" class="app-link-button" onClick={onTakeOut}>
        Take something out{which}
      </button>
    </div>
  );
}

interface TakeOutProps {
  row: Passage;
  form: PassageForm;
  words: number;
  onDecide: (decision: string, reason: string) => Promise<void>;
  onCancel: () => void;
}

/** Why, and whether it is the chosen words or all of it. */
function TakeOut({ row, form, words, onDecide, onCancel }: TakeOutProps) {
  const [reason, setReason] = useState(row.reason || row.proposed);
  const id = `r-${row.id}`;
  const chosen = words === 1 ? "1 word" : `${words} words`;
  return (
    <div class="app-take-out">
      <p class="govuk-hint">
        Choose words above by pressing them, one after the other; with Shift, all from the last one on. By the keyboard,
        move between words with the arrows.
      </p>
      <div class="govuk-form-group">
        <label class="govuk-label" for={id}>
          Why is it taken out?
        </label>
        <select
          class="govuk-select"
          id={id}
          value={reason}
          onChange={(event) => setReason((event.target as HTMLSelectElement).value)}
        >
          <option value="">Choose one</option>
          {form.reasons.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="govuk-button-group">
        {words > 0 && (
          <button type="button" class="govuk-button" onClick={() => void onDecide("redact", reason)}>
            Take out {chosen}
          </button>
        )}
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => void onDecide("withhold", reason)}
        >
          Take all of it out
        </button>
        <button type="button" class="app-link-button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
