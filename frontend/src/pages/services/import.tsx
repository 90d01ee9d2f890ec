/** Bringing the directory up to date from a feed: choose the files, see what would happen, then write it. */
import { useRef, useState } from "preact/hooks";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { ImportReport } from "../../api/types";
import { explain } from "../../lib/explain";
import { forgetAll } from "../../lib/resource";
import { ErrorMessage, ErrorSummary, fieldId } from "../../ui/errors";
import { Page } from "../../ui/page";
import { Report } from "./report";

interface Feed {
  source: string;
  licence: string;
  files: { name: string; content: string }[];
}

/** The bytes as they are: what is wrong with their encoding is for the server to say. */
async function coded(file: File): Promise<Feed["files"][number]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { name: file.name, content: btoa(text) };
}

function useImport() {
  const [feed, setFeed] = useState<Feed>({ source: "", licence: "", files: [] });
  const [report, setReport] = useState<ImportReport | null>(null);
  const [failure, setFailure] = useState<{ reasons: string[]; fields: FieldErrors } | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const change = (part: Partial<Feed>) => {
    setFeed((old) => ({ ...old, ...part }));
    setReport(null);
    key.current = newKey();
  };
  const ask = async (path: string) => {
    setBusy(true);
    try {
      setReport(await send<ImportReport>("POST", path, { body: feed, key: key.current }));
      setFailure(null);
      if (path === WRITE) forgetAll();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setFailure({ reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields });
    } finally {
      setBusy(false);
    }
  };
  return { feed, change, report, failure, busy, check: () => ask(CHECK), write: () => ask(WRITE) };
}

const CHECK = "services/import/check/";
const WRITE = "services/import/";

export default function ImportPage() {
  const { feed, change, report, failure, busy, check, write } = useImport();
  const choose = async (files: FileList | null) => change({ files: await Promise.all([...(files ?? [])].map(coded)) });
  const errors = failure?.fields ?? {};
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void check();
  };
  return (
    <Page
      title="Bring services in from a feed"
      back={{ href: "/services?view=kept", label: "Services kept by your agency" }}
      hasErrors={failure !== null}
      narrow
    >
      {failure && <ErrorSummary reasons={failure.reasons} fields={errors} />}
      <p>
        Take the files of an Open Referral UK directory: the JSON of its API, or its tables as CSV. First you see what
        would change and what is wrong with them. Nothing is written until you say so.
      </p>
      <form onSubmit={submit} noValidate autocomplete="off">
        <Text
          name="source"
          label="What is the feed called?"
          hint="The same name again brings its own entries up to date"
          value={feed.source}
          errors={errors}
          onChange={(source) => change({ source })}
        />
        <Text
          name="licence"
          label="On which licence may it be used? (optional)"
          hint="For example Open Government Licence 3.0"
          value={feed.licence}
          errors={errors}
          onChange={(licence) => change({ licence })}
        />
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for={fieldId("files")}>
            Which files?
          </label>
          <ErrorMessage id="field-files-error" sentences={errors.files ?? []} />
          <input
            class="govuk-file-upload"
            id={fieldId("files")}
            type="file"
            multiple
            accept=".json,.csv"
            onChange={(event) => choose(event.currentTarget.files)}
          />
        </div>
        <button type="submit" class="govuk-button" disabled={busy}>
          {busy ? "Reading…" : "See what would change"}
        </button>
      </form>
      {report && <Report report={report} busy={busy} onWrite={write} />}
    </Page>
  );
}

interface TextProps {
  name: string;
  label: string;
  hint: string;
  value: string;
  errors: FieldErrors;
  onChange: (value: string) => void;
}

function Text({ name, label, hint, value, errors, onChange }: TextProps) {
  const id = fieldId(name);
  const sentences = errors[name] ?? [];
  return (
    <div class={`govuk-form-group${sentences.length > 0 ? " govuk-form-group--error" : ""}`}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      <div class="govuk-hint" id={`${id}-hint`}>
        {hint}
      </div>
      <ErrorMessage id={`${id}-error`} sentences={sentences} />
      <input
        class="govuk-input"
        id={id}
        type="text"
        value={value}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
