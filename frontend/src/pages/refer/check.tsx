/** Check your answers: everything typed, each with Change, what is missing, who will be told, and Send. */

import { useEffect, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Draft, DraftSection, Referral, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { answerLines, askedFields, draftPath } from "../../lib/answers";
import { forgetDraft, useDraft } from "../../lib/drafts";
import { forgetAll, remember, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { SummaryList, type SummaryRow } from "../../ui/summary";
import { Changed } from "../act/changed";
import { WhoIsTold } from "../act/told";

const SUBMIT = "submit";

export default function CheckRoute({ params }: { params: { id: string } }) {
  return <CheckPage key={params.id} id={params.id} />;
}

function rowsOf(id: string, section: DraftSection, values: Values): SummaryRow[] {
  return section.pages.flatMap((page) =>
    askedFields(page.fields, values).map((field) => {
      const lines = answerLines(field, values[field.name]);
      const nothing = field.required ? "Not answered" : "Nothing added";
      const change = { href: draftPath(id, section.name, page.name, "check"), label: field.label };
      return { label: field.label, value: lines.length > 0 ? lines : [nothing], change };
    }),
  );
}

function Missing({ id, draft }: { id: string; draft: Draft }) {
  const errors = useMemo(() => {
    const found: Record<string, string[]> = {};
    for (const { field, sentence } of draft.problems) found[field] = [...(found[field] ?? []), sentence];
    return found;
  }, [draft.problems]);
  if (draft.problems.length === 0) return null;
  const hrefOf = (field: string) => {
    const problem = draft.problems.find((one) => one.field === field);
    return problem ? draftPath(id, problem.section, problem.page, "check") : `/referrals/${id}/draft`;
  };
  return (
    <div class="app-missing">
      <h2 class="govuk-heading-m">Before you can send this</h2>
      <ul class="govuk-list govuk-list--bullet">
        {Object.entries(errors).flatMap(([field, sentences]) =>
          sentences.map((sentence) => (
            <li key={field + sentence}>
              <a href={hrefOf(field)}>{sentence}</a>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function CheckPage({ id }: { id: string }) {
  const { draft, error, autosave, load } = useDraft(id);
  const action = useAction();
  const { route } = useLocation();
  const path = `referrals/${id}/`;
  const resource = useResource<Referral>(path);
  const referral = resource.data.value;
  const option = referral?.options.find((one) => one.name === SUBMIT);
  const now = draft.value;
  const values = autosave.values.value;
  useEffect(() => {
    // The server's word on what is missing must be about what was just typed.
    void autosave.flush().then(resource.load);
  }, [autosave, resource]);

  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!referral || !option || !(await autosave.flush())) return;
    const result = (await action.submit(option, referral.version)) as Referral | null;
    if (!result) {
      await Promise.all([resource.load(), load()]);
      return;
    }
    forgetAll();
    forgetDraft(id);
    if (result.id === id) remember(path, result);
    route(`/referrals/${id}/sent`);
  };

  const { failure, attempt } = action;
  return (
    <Page
      title="Check your answers"
      caption={referral?.reference}
      back={{ href: `/referrals/${id}/draft`, label: "All parts of this referral" }}
      hasErrors={failure !== null}
      narrow
      error={error.value ?? resource.error.value}
      retry={load}
      onward={{ href: `/referrals/${id}`, label: "Open the referral" }}
      ready={now !== null && referral !== null}
    >
      {failure && !failure.changed && (
        <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />
      )}
      {failure?.changed && <Changed changes={failure.changed} possible={option !== undefined} />}
      {now && <Missing id={id} draft={now} />}
      {now?.sections.map((section) => (
        <section key={section.name} class="app-section" aria-labelledby={`check-${section.name}`}>
          <h2 class="govuk-heading-m" id={`check-${section.name}`}>
            {section.title}
          </h2>
          <SummaryList rows={rowsOf(id, section, values)} />
        </section>
      ))}
      {option && (
        <form onSubmit={send} noValidate autocomplete="off">
          <FormFields
            fields={option.input}
            values={action.values}
            errors={failure?.fields ?? {}}
            onChange={action.set}
          />
          <WhoIsTold tells={option.tells} />
          {option.obstacles.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <button type="submit" class="govuk-button" disabled={action.busy || !now?.can_submit}>
            {action.busy ? "Sending…" : option.label}
          </button>
        </form>
      )}
    </Page>
  );
}
