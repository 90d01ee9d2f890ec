/** While a child is described: children of one's own work who may be the one. Nobody is preselected, nothing typed is lost. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { newKey, post } from "../../api/client";
import type { KnownChildren as Known, KnownChild, Value } from "../../api/types";
import { isEmpty } from "../../lib/answers";
import type { OpenDraft } from "../../lib/drafts";
import { explain } from "../../lib/explain";
import { dateText } from "../../lib/format";
import { remember, resourceOf } from "../../lib/resource";

const pathOf = (id: string) => `referrals/${id}/known-children/`;

/** Fills in what is not answered yet; what was typed stays. Answers the questions it filled in. */
function fill(open: OpenDraft, child: KnownChild): string[] {
  const { autosave } = open;
  const missing = child.answers.filter(({ name }) => isEmpty(autosave.values.value[name]));
  for (const { name, value } of missing) autosave.set(name, value as Value);
  return missing.map(({ label }) => label);
}

/** What was said of a child, and what came of it. */
function useSaying(open: OpenDraft, known: Known | null) {
  const [said, setSaid] = useState("");
  const [reasons, setReasons] = useState<string[]>([]);
  const busy = useRef(false);
  const say = async (child: KnownChild, same: boolean) => {
    if (busy.current || !known) return;
    busy.current = true;
    setReasons([]);
    try {
      const body = { version: known.version, child: child.id, is_same: same };
      remember(pathOf(open.id), await post<Known>(pathOf(open.id), body, newKey()));
      const filled = same ? fill(open, child) : [];
      await open.autosave.flush();
      setSaid(outcome(same, filled));
    } catch (error) {
      setReasons(explain(error));
    } finally {
      busy.current = false;
    }
  };
  return { say, said, reasons };
}

function outcome(same: boolean, filled: string[]): string {
  if (!same) return "Noted: this is a different child.";
  if (filled.length === 0) return "Noted: this is the same child. What you typed stays as it is.";
  return `Noted: this is the same child. Filled in from the record: ${filled.join(", ")}. What you typed stays as it is.`;
}

export function KnownChildren({ open }: { open: OpenDraft }) {
  const resource = useMemo(() => resourceOf<Known>(pathOf(open.id)), [open.id]);
  const known = resource.data.value;
  const rev = open.draft.value?.rev ?? 0;
  // When the page opens, and each time what was typed has been saved.
  useEffect(() => {
    void resource.load();
  }, [resource, rev]);
  const { say, said, reasons } = useSaying(open, known);
  return (
    <>
      <p role="status" class={said ? "govuk-inset-text" : "govuk-visually-hidden"}>
        {said}
      </p>
      {reasons.map((reason) => (
        <p class="govuk-error-message" key={reason}>
          {reason}
        </p>
      ))}
      {known?.sent_before && (
        <div class="govuk-inset-text">
          Your agency has sent a referral about a child of this name and date. It is still open:{" "}
          <a href={known.sent_before.url}>{known.sent_before.reference}</a>. Add what is new to that one.
        </div>
      )}
      {known && known.results.length > 0 && <List rows={known.results} say={say} />}
    </>
  );
}

interface ListProps {
  rows: KnownChild[];
  say: (child: KnownChild, same: boolean) => void;
}

function List({ rows, say }: ListProps) {
  return (
    <section class="app-section" aria-labelledby="known">
      <h2 class="govuk-heading-m" id="known">
        Is it one of these?
      </h2>
      <p>
        You have worked with {rows.length === 1 ? "a child" : "children"} who may be the same. Compare before you say
        so.
      </p>
      {rows.map((child) => (
        <article class="app-card" key={child.id}>
          <h3 class="govuk-heading-s">{child.name}</h3>
          <Facts child={child} />
          <div class="govuk-button-group">
            {child.said !== "same" && <Say child={child} label="Use this record" onSay={() => say(child, true)} />}
            {child.said !== "different" && (
              <Say child={child} label="No, a different child" onSay={() => say(child, false)} />
            )}
          </div>
        </article>
      ))}
    </section>
  );
}

function Say({ child, label, onSay }: { child: KnownChild; label: string; onSay: () => void }) {
  return (
    <button type="button" class="govuk-button govuk-button--secondary" onClick={onSay}>
      {label}
      <span class="govuk-visually-hidden">: {child.name}</span>
    </button>
  );
}

const SAID: Record<string, string> = { same: "You said: the same child.", different: "You said: a different child." };

function Facts({ child }: { child: KnownChild }) {
  const { earlier } = child;
  return (
    <>
      <p>
        {child.date_of_birth ? `Born ${dateText(child.date_of_birth)}` : "Date of birth not known"}
        {child.age && `, ${child.age}`}. {child.why.join(". ")}.
      </p>
      {earlier && (
        <p>
          <a href={earlier.url}>{earlier.reference}</a>, sent {dateText(earlier.sent_at.slice(0, 10))}:{" "}
          {earlier.state_label}
        </p>
      )}
      {SAID[child.said] && <p>{SAID[child.said]}</p>}
    </>
  );
}
