/** Check your answers: everything typed, each with Change, what is missing, who will be told, and Send. */

import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Option, Referral } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { forgetDraft, useDraft } from "../../lib/drafts";
import { appPath } from "../../lib/format";
import { forgetAll, remember, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { NOTHING_YET, Page } from "../../ui/page";
import { Changed } from "../act/changed";
import { WhoIsTold } from "../act/told";
import { WhatTheyWillSee } from "../sharing/preview";
import { AnswersGiven, Missing } from "./answers_given";

/** The one option that this page is for; the others are offered on the list of tasks. */
const SUBMIT = "submit";
/** Sending asks nothing: what is sent is the draft as it is saved. */
const NOTHING = {};

export default function CheckRoute({ params }: { params: { id: string } }) {
  return <CheckPage key={params.id} id={params.id} />;
}

/** The draft and its referral, both as the server has them once all that was typed is saved. */
function useChecked(id: string) {
  const open = useDraft(id);
  const resource = useResource<Referral>(`referrals/${id}/`);
  useEffect(() => {
    void open.autosave.flush().then(resource.load);
  }, [open, resource]);
  const referral = resource.data.value;
  const option = referral?.options.find((one) => one.name === SUBMIT) ?? null;
  const reload = () => Promise.all([resource.load(), open.load()]).then(() => {});
  return { open, referral, option, reload, error: open.error.value ?? resource.error.value };
}

function CheckPage({ id }: { id: string }) {
  const { open, referral, option, reload, error } = useChecked(id);
  const action = useAction();
  const { route } = useLocation();
  const draft = open.draft.value;

  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!referral || !option || !(await open.autosave.flush())) return;
    const result = (await action.submit(option, referral.version)) as Referral | null;
    if (!result) return reload();
    forgetAll();
    forgetDraft(id);
    if (result.id === id) remember(`referrals/${id}/`, result);
    route(`/referrals/${id}/sent`);
  };

  return (
    <Page
      title="Check your answers"
      caption={referral?.reference ?? NOTHING_YET}
      back={{ href: `/referrals/${id}/draft`, label: "All parts of this referral" }}
      hasErrors={action.failure !== null}
      narrow
      error={error}
      retry={reload}
      onward={{ href: `/referrals/${id}`, label: "Open the referral" }}
      ready={draft !== null && referral !== null}
    >
      <Failed action={action} possible={option !== null} />
      {draft && <Missing id={id} problems={draft.problems} />}
      {draft && <AnswersGiven id={id} draft={draft} values={open.autosave.values.value} />}
      {option && draft?.can_submit && (
        <WhatTheyWillSee option={option} values={NOTHING} version={referral?.version} before={open.autosave.flush} />
      )}
      {option && <Send option={option} action={action} ready={draft?.can_submit ?? false} onSend={send} />}
    </Page>
  );
}

function Failed({ action, possible }: { action: Action; possible: boolean }) {
  const { failure, attempt } = action;
  if (!failure) return null;
  if (failure.changed) return <Changed changes={failure.changed} reasons={failure.reasons} possible={possible} />;
  return (
    <>
      <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />
      {failure.existing && (
        <p>
          <a href={appPath(failure.existing.url)}>Open {failure.existing.reference}</a>
        </p>
      )}
    </>
  );
}

interface SendProps {
  option: Option;
  action: Action;
  ready: boolean;
  onSend: (event: SubmitEvent) => void;
}

function Send({ option, action, ready, onSend }: SendProps) {
  return (
    <form onSubmit={onSend} noValidate autocomplete="off">
      <FormFields
        fields={option.input}
        values={action.values}
        errors={action.failure?.fields ?? {}}
        onChange={action.set}
      />
      <WhoIsTold tells={option.tells} />
      {ready && option.obstacles.map((sentence) => <p key={sentence}>{sentence}</p>)}
      <button type="submit" class="govuk-button" disabled={action.busy || !ready}>
        {action.busy ? "Sending…" : option.label}
      </button>
    </form>
  );
}
