/** One page of the referral form: saved as it is typed, checked when the person goes on. */

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useDraft } from "../../lib/drafts";
import { ErrorSummary } from "../../ui/errors";
import { RecordUrl } from "../../ui/fields/child";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Saved } from "../../ui/saved";
import { KnownChildren } from "../matching/known";
import { Conflicts, conflictsOn } from "./conflicts";
import { type Place, useContinue } from "./continue";
import { StopNotice } from "./stop_notice";

interface Params {
  id: string;
  section: string;
  page: string;
}

export default function FormRoute({ params }: { params: Params }) {
  return <FormPageView key={`${params.id}/${params.section}/${params.page}`} {...params} />;
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

/** Whether what is asked here says who the child is. */
const describesChild = (page: Place["page"]) => page.fields.some(({ name }) => name.startsWith("child_"));

function Questions({ onErrors, ...place }: Place & { onErrors: (has: boolean) => void }) {
  const { open, page } = place;
  const { autosave, draft } = open;
  const { goOn, busy, attempt, reasons, errors } = useContinue(place, onErrors);
  const now = draft.value;
  const failed = reasons.length > 0 || Object.keys(errors).length > 0;
  return (
    <form onSubmit={goOn} noValidate autocomplete="off">
      {failed && <ErrorSummary reasons={reasons} fields={errors} attempt={attempt} />}
      <Conflicts
        items={conflictsOn(page, autosave.conflicts.value)}
        onChoose={(field, keep) => autosave.resolve(field, keep)}
      />
      {now?.stop?.is_urgent && <StopNotice stop={now.stop} />}
      {page.hint && <p>{page.hint}</p>}
      <RecordUrl.Provider value={`referrals/${open.id}/`}>
        <FormFields
          fields={page.fields}
          values={autosave.values.value}
          errors={errors}
          heading={page.title}
          onChange={(name, value) => autosave.set(name, value)}
        />
      </RecordUrl.Provider>
      {describesChild(page) && <KnownChildren open={open} />}
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
