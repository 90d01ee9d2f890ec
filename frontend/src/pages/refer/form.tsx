/** One page of the referral form: saved as it is typed, checked when the person goes on. */

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { ApiError, type FieldErrors } from "../../api/client";
import type { Draft, DraftSection, Values } from "../../api/types";
import { askedFields, askedPages, draftPath } from "../../lib/answers";
import type { Conflict } from "../../lib/autosave";
import { type OpenDraft, useDraft } from "../../lib/drafts";
import { explain } from "../../lib/explain";
import { ErrorSummary } from "../../ui/errors";
import { RecordUrl } from "../../ui/fields/child";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Saved } from "../../ui/saved";
import { Conflicts } from "./conflicts";
import { StopNotice } from "./stop_notice";

interface Params {
  id: string;
  section: string;
  page: string;
}

type FormPage = DraftSection["pages"][number];

export default function FormRoute({ params }: { params: Params }) {
  return <FormPageView key={`${params.id}/${params.section}/${params.page}`} {...params} />;
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
export function nextPath(id: string, section: DraftSection, page: string, values: Values, from: string): string {
  if (from === "check") return `/referrals/${id}/check`;
  const pages = askedPages(section, values);
  const next = pages[pages.findIndex((one) => one.name === page) + 1];
  return next ? draftPath(id, section.name, next.name) : `/referrals/${id}/draft`;
}

function FormPageView({ id, section: sectionName, page: pageName }: Params) {
  const open = useDraft(id);
  const { query } = useLocation();
  const section = open.draft.value?.sections.find((one) => one.name === sectionName);
  const page = section?.pages.find((one) => one.name === pageName);
  const [bad, setBad] = useState(false);
  const back =
    query.from === "check"
      ? { href: `/referrals/${id}/check`, label: "Back to your answers" }
      : { href: `/referrals/${id}/draft`, label: "All parts of this referral" };
  return (
    <Page
      title={page?.title ?? "Make a referral"}
      caption={section?.title === page?.title ? undefined : section?.title}
      back={back}
      hasErrors={bad}
      narrow
      error={open.error.value}
      retry={open.load}
      onward={{ href: `/referrals/${id}`, label: "Open the referral" }}
      ready={open.draft.value !== null}
    >
      {section && page ? (
        <Questions open={open} section={section} page={page} from={query.from ?? ""} onErrors={setBad} />
      ) : (
        <p>This page is not part of the referral any more.</p>
      )}
    </Page>
  );
}

interface QuestionsProps {
  open: OpenDraft;
  section: DraftSection;
  page: FormPage;
  from: string;
  onErrors: (has: boolean) => void;
}

/** What the server would not even keep as a draft, such as a text far too long. */
function refusedFields(error: unknown): FieldErrors {
  return error instanceof ApiError && !error.mayRetry ? error.fields : {};
}

function conflictsOn(page: FormPage, conflicts: Record<string, Conflict>) {
  return page.fields.flatMap((field) => {
    const conflict = conflicts[field.name];
    return conflict ? [{ field, conflict }] : [];
  });
}

function Questions({ open, section, page, from, onErrors }: QuestionsProps) {
  const { route } = useLocation();
  const { autosave, draft } = open;
  const values = autosave.values.value;
  const [checked, setChecked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const now = draft.value;
  // A failure to save is shown after Continue, and goes by itself when a retry succeeds.
  const reasons = checked && autosave.error.value ? explain(autosave.error.value) : [];
  const errors = {
    ...(checked && now ? errorsOn(now, section, page, values) : {}),
    ...refusedFields(autosave.error.value),
  };
  const conflicts = conflictsOn(page, autosave.conflicts.value);

  const goOn = async (event: SubmitEvent) => {
    event.preventDefault();
    const stoppedBefore = Boolean(draft.value?.stop);
    setBusy(true);
    const saved = await autosave.flush();
    setBusy(false);
    setAttempt((count) => count + 1);
    const fresh = draft.value;
    const freshSection = fresh?.sections.find((one) => one.name === section.name) ?? section;
    const left = conflictsOn(page, autosave.conflicts.value).length;
    const found = fresh ? errorsOn(fresh, freshSection, page, autosave.values.value) : {};
    setChecked(true);
    const bad = !saved || left > 0 || Object.keys(found).length > 0;
    onErrors(bad);
    if (bad) return;
    const next = nextPath(open.id, freshSection, page.name, autosave.values.value, from);
    const stops = fresh?.stop && !stoppedBefore;
    route(stops ? `/referrals/${open.id}/draft/stop?next=${encodeURIComponent(next)}` : next);
  };

  const failed = reasons.length > 0 || Object.keys(errors).length > 0;
  return (
    <form onSubmit={goOn} noValidate autocomplete="off">
      {failed && <ErrorSummary reasons={reasons} fields={errors} attempt={attempt} />}
      <Conflicts items={conflicts} onChoose={autosave.resolve} />
      {now?.stop && <StopNotice stop={now.stop} />}
      {page.hint && <p>{page.hint}</p>}
      <RecordUrl.Provider value={`referrals/${open.id}/`}>
        <FormFields fields={page.fields} values={values} errors={errors} heading={page.title} onChange={autosave.set} />
      </RecordUrl.Provider>
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={busy}>
          Continue
        </button>
        <a href={`/referrals/${open.id}/draft`}>Save and come back later</a>
      </div>
      <Saved autosave={autosave} savedAt={now?.saved_at ?? null} />
    </form>
  );
}
