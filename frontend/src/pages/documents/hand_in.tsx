/** Handing a document in: choose the file, say what it is, and see how much of it has gone. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { DocumentRow, Field, Values } from "../../api/types";
import { explain } from "../../lib/explain";
import { forgetAll } from "../../lib/resource";
import { ErrorMessage, ErrorSummary, fieldId } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";

export interface DocumentForm {
  input: Field[];
  accept: string;
  largest: number;
}

interface Props {
  path: string;
  form: DocumentForm;
  replaced: DocumentRow | null;
  onDone: (title: string) => Promise<void>;
  onCancel?: () => void;
}

const MEGABYTE = 1_000_000;
const FILE = "content";
/** A newer version has that of the document it replaces. */
const LABEL = "mark";

/** The bytes in base 64, as the API takes them. */
function coded(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

async function sent(file: File | null): Promise<{ name: string; content: string }> {
  return file ? { name: file.name, content: await coded(file) } : { name: "file", content: "" };
}

function useHandingIn({ path, replaced, onDone }: Props, largest: number) {
  const [values, setValues] = useState<Values>({});
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [failure, setFailure] = useState<{ reasons: string[]; fields: FieldErrors } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = useRef(newKey());
  const change = (next: Values) => {
    key.current = newKey();
    setValues(next);
  };
  const choose = (chosen: File | null) => {
    key.current = newKey();
    setFile(chosen);
  };
  const handIn = async () => {
    setAttempt(attempt + 1);
    if (file && file.size > largest) {
      return setFailure({ reasons: [], fields: { [FILE]: [`The file is larger than ${largest / MEGABYTE} MB.`] } });
    }
    setShare(0);
    try {
      const body = { ...values, ...(await sent(file)), replaces: replaced?.id ?? null };
      const row = await send<DocumentRow>("POST", path, { body, key: key.current, onProgress: setShare });
      forgetAll();
      await onDone(row.title);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setFailure({ reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields });
    } finally {
      setShare(null);
    }
  };
  return { values, change, choose, share, failure, attempt, handIn };
}

export function HandIn(props: Props) {
  const { form } = props;
  const { values, change, choose, share, failure, attempt, handIn } = useHandingIn(props, form.largest);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Asked for from a card further up: show where it goes on.
    if (props.replaced) heading.current?.focus();
  }, [props.replaced]);
  const errors = failure?.fields ?? {};
  const fileErrors = [...(errors[FILE] ?? []), ...(errors.name ?? [])];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void handIn();
  };
  return (
    <form class="app-section app-narrow" onSubmit={submit} noValidate autocomplete="off" aria-labelledby="hand-in">
      <h2 class="govuk-heading-m" id="hand-in" tabIndex={-1} ref={heading}>
        {props.replaced ? `Hand in a newer version of ${props.replaced.title}` : "Hand a document in"}
      </h2>
      {failure && <ErrorSummary reasons={failure.reasons} fields={errors} attempt={attempt} />}
      <div class={`govuk-form-group${fileErrors.length > 0 ? " govuk-form-group--error" : ""}`}>
        <label class="govuk-label govuk-label--s" for={fieldId(FILE)}>
          Which file?
        </label>
        <div class="govuk-hint" id="file-hint">
          PDF, a picture, Word or plain text, up to {form.largest / MEGABYTE} MB. It is checked for viruses before
          anybody can open it.
        </div>
        <ErrorMessage id="file-error" sentences={fileErrors} />
        <input
          class="govuk-file-upload"
          id={fieldId(FILE)}
          type="file"
          accept={form.accept}
          aria-describedby="file-hint"
          onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
        />
      </div>
      <FormFields
        fields={props.replaced ? form.input.filter(({ name }) => name !== LABEL) : form.input}
        values={values}
        errors={errors}
        onChange={(name, value) => change({ ...values, [name]: value })}
      />
      {share !== null && (
        <p class="govuk-body" role="status">
          <progress max={1} value={share} aria-label="Sending" /> {Math.round(share * 100)} % sent
        </p>
      )}
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={share !== null}>
          {share === null ? "Hand it in" : "Sending…"}
        </button>
        {props.onCancel && (
          <button type="button" class="app-link-button" onClick={props.onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}
