/** One entry of a draft: the form its kind describes, filled with what stands there; or taking it out. */
import { useLocation } from "preact-iso/router";
import type { Option, Values, Version } from "../../api/types";
import { type Action, named, useAction } from "../../lib/action";
import { givenAnswers } from "../../lib/answers";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { Changed } from "../act/changed";

type Entry = Version["entries"][number];

export default function EntryRoute({ params }: { params: { id: string; code?: string } }) {
  const { query } = useLocation();
  const removing = query.remove !== undefined;
  return <EntryPage key={`${params.id}/${params.code}${removing}`} {...params} removing={removing} />;
}

function titleOf(version: Version | null, entry: Entry | undefined, code: string, removing: boolean): string {
  if (!version) return "Entry";
  if (!code) return `Add a ${version.noun}`;
  return `${removing ? "Remove" : "Change"} “${entry?.title ?? code}”`;
}

function EntryPage({ id, code = "", removing }: { id: string; code?: string; removing: boolean }) {
  const resource = useResource<Version>(`configurations/${id}/`);
  const version = resource.data.value;
  const entry = version?.entries.find((one) => one.code === code);
  const option = version?.options.find(({ name }) => name === (removing ? "remove_entry" : "put_entry"));
  const action = useAction(resource.load);
  const back = `/configurations/${id}`;
  return (
    <Page
      title={titleOf(version, entry, code, removing)}
      caption={version?.reference}
      back={{ href: back, label: "Back to the draft" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={version !== null}
    >
      {version && option && (entry || !code) ? (
        <Form {...{ version, entry, option, action, back, removing }} />
      ) : (
        <p>This cannot be changed now. The draft may have moved on.</p>
      )}
    </Page>
  );
}

interface FormProps {
  version: Version;
  entry: Entry | undefined;
  option: Option;
  action: Action;
  back: string;
  removing: boolean;
}

function Form({ version, entry, option, action, back, removing }: FormProps) {
  const { route } = useLocation();
  const values: Values = { ...entry?.values, ...action.values };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const said: Values = removing ? {} : { entry: givenAnswers(version.form, values) };
    // The form is the kind's own, inside the one that the option asks.
    const done = await action.submit({ ...option, input: [] }, version.version, { code: entry?.code ?? "", ...said });
    if (!done) return;
    forgetAll();
    notice.value = { title: removing ? "Removed from the draft" : "Kept in the draft", lines: [option.hint] };
    route(back);
  };
  const { failure, attempt } = action;
  const errors = named(failure?.fields ?? {}, version.form);
  return (
    <form onSubmit={submit} noValidate autocomplete="off">
      {failure?.changed && <Changed changes={failure.changed} reasons={failure.reasons} possible />}
      {failure && !failure.changed && <ErrorSummary reasons={failure.reasons} fields={errors} attempt={attempt} />}
      {removing ? (
        <>
          <p class="govuk-body-l">{option.hint}</p>
          <SummaryList rows={entry?.lines ?? []} />
        </>
      ) : (
        <FormFields fields={version.form} values={values} errors={errors} onChange={action.set} />
      )}
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={action.busy}>
          {action.busy ? "Saving…" : removing ? `Remove this ${version.noun}` : "Save to the draft"}
        </button>
        <a href={back}>Cancel</a>
      </div>
    </form>
  );
}
