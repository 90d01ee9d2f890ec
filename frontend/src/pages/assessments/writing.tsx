/** An assessment while it is written: saved as it is typed, with what has happened since the last one. */
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { FieldErrors } from "../../api/client";
import type { Assessment, AssessmentSaved, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { useAutosaving } from "../../lib/autosaving";
import { dateText, dateTimeText } from "../../lib/format";
import { notice } from "../../lib/navigation";
import { forgetAll, remember } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Options } from "../../ui/options";
import { Present } from "../../ui/present";
import { Saved } from "../../ui/saved";
import { Problems } from "../act/problems";
import { Conflicts, conflictsOn } from "../refer/conflicts";

export function Writing({ record }: { record: Assessment }) {
  const [savedAt, setSavedAt] = useState(record.saved_at);
  const missing = useRef(record.missing);
  const [shown, setShown] = useState<FieldErrors>({});
  const [attempt, setAttempt] = useState(0);
  const action = useAction();
  const autosave = useAutosaving<AssessmentSaved>(`assessments/${record.id}/draft/`, record.answers, (saved) => {
    missing.current = saved.missing;
    setSavedAt(saved.saved_at);
  });
  const { route } = useLocation();
  const back = `/cases/${record.case_id}/assessments`;
  const complete = record.options.find((option) => option.primary);

  const finish = async (event: SubmitEvent, option: Option) => {
    event.preventDefault();
    if (!(await autosave.flush())) return;
    setAttempt((count) => count + 1);
    const errors = Object.fromEntries(missing.current.map(({ field, sentence }) => [field, [sentence]]));
    setShown(errors);
    if (Object.keys(errors).length > 0) return;
    const done = (await action.submit(option, record.version)) as Assessment | null;
    if (!done) return;
    forgetAll();
    remember(`assessments/${record.id}/`, done);
    notice.value = { title: "The assessment is complete", lines: ["Next, write goals with the family: see “Plan”."] };
    route(back);
  };

  return (
    <>
      <Present root={record.case_id} isWriting />
      <News record={record} />
      <form onSubmit={(event) => complete && finish(event, complete)} noValidate autocomplete="off">
        {Object.keys(shown).length > 0 && <ErrorSummary fields={shown} attempt={attempt} />}
        <Problems action={action} possible />
        <Conflicts
          items={conflictsOn({ fields: record.form }, autosave.conflicts.value)}
          onChoose={(field, keep) => autosave.resolve(field, keep)}
        />
        <FormFields
          fields={record.form}
          values={autosave.values.value}
          errors={shown}
          onChange={(name, value) => autosave.set(name, value)}
        />
        {complete && (
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button" disabled={action.busy}>
              {complete.label}
            </button>
            <a href={back}>Save and come back later</a>
          </div>
        )}
        <Saved autosave={autosave} savedAt={savedAt} />
      </form>
      <Options options={record.options.filter((option) => !option.primary)} title="Or" back={back} />
    </>
  );
}

/** Where the words come from, and what has happened since they were written. */
function News({ record }: { record: Assessment }) {
  const { based_on: former, news } = record;
  if (!former) return null;
  return (
    <div class="govuk-inset-text">
      <p>
        It begins with the words of the{" "}
        <a href={`/assessments/${former.id}`}>assessment of {dateText(former.ended_at)}</a>, by {former.ended_by}
        {former.from_case && `, at ${former.agency} in case ${former.from_case}`}.
      </p>
      {news.length === 0 ? (
        <p>Nothing has been recorded since.</p>
      ) : (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">What is new since then ({news.length})</span>
          </summary>
          <ul class="govuk-list govuk-list--bullet">
            {news.map((one) => (
              <li key={one.id}>
                {one.label}, {dateTimeText(one.at)}, {one.by}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
