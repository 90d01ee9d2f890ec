/** Going on from a page of the form: save, look at what the server says of this page, and find the next one. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { ApiError, type FieldErrors } from "../../api/client";
import type { Draft, DraftSection, Values } from "../../api/types";
import { askedFields, askedPages, draftPath } from "../../lib/answers";
import type { OpenDraft } from "../../lib/drafts";
import { explain } from "../../lib/explain";
import { conflictsOn } from "./conflicts";

export type FormPage = DraftSection["pages"][number];

/** One page of an open draft, and where the person came from. */
export interface Place {
  open: OpenDraft;
  section: DraftSection;
  page: FormPage;
  from: string;
}

/** The sentences of the server about the fields that this page asks. */
export function errorsOn(draft: Draft, section: DraftSection, page: FormPage, values: Values): FieldErrors {
  const asked = new Set(askedFields(page.fields, values).map((field) => field.name));
  const errors: FieldErrors = {};
  const all = [...section.missing, ...draft.problems.filter((problem) => problem.section === section.name)];
  for (const { field, sentence } of all) {
    if (!asked.has(field.split(".")[0] ?? "")) continue;
    if (!errors[field]?.includes(sentence)) errors[field] = [...(errors[field] ?? []), sentence];
  }
  return errors;
}

/** Where Continue leads: the next page of the section that asks something, then back to where one came from. */
export function nextPath({ open, section, page, from }: Place): string {
  if (from === "check") return `/referrals/${open.id}/check`;
  const pages = askedPages(section, open.autosave.values.value);
  const next = pages[pages.findIndex((one) => one.name === page.name) + 1];
  return next ? draftPath(open.id, section.name, next.name) : `/referrals/${open.id}/draft`;
}

/** What the server would not even keep as a draft, such as a text far too long. */
function refusedFields(error: unknown): FieldErrors {
  return error instanceof ApiError && !error.mayRetry ? error.fields : {};
}

/** The errors of the page as the server knows them now. */
function freshErrors({ open, section, page }: Place): FieldErrors {
  const draft = open.draft.value;
  const fresh = draft?.sections.find((one) => one.name === section.name) ?? section;
  return draft ? errorsOn(draft, fresh, page, open.autosave.values.value) : {};
}

/** Saves and goes on, or stays and shows what is wrong; danger leads to the page that stops first. */
export function useContinue(place: Place, onErrors: (has: boolean) => void) {
  const { route } = useLocation();
  const [checked, setChecked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const { autosave, draft, id } = place.open;
  const failure = autosave.error.value;

  const goOn = async (event: SubmitEvent) => {
    event.preventDefault();
    const stoppedBefore = Boolean(draft.value?.stop);
    setBusy(true);
    const saved = await autosave.flush();
    setBusy(false);
    setAttempt((count) => count + 1);
    setChecked(true);
    const undecided = conflictsOn(place.page, autosave.conflicts.value).length > 0;
    const bad = !saved || undecided || Object.keys(freshErrors(place)).length > 0;
    onErrors(bad);
    if (bad) return;
    const next = nextPath(place);
    const stops = draft.value?.stop && !stoppedBefore;
    route(stops ? `/referrals/${id}/draft/stop?next=${encodeURIComponent(next)}` : next);
  };

  return {
    goOn,
    busy,
    attempt,
    // A failure to save is shown after Continue, and goes by itself when a retry succeeds.
    reasons: checked && failure ? explain(failure) : [],
    errors: { ...(checked ? freshErrors(place) : {}), ...refusedFields(failure) },
  };
}
