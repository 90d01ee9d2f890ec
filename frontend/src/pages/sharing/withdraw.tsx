/** Recording that a consent was taken back: by whom and in which words; what it opened is closed at once. */
import { useRef, useState } from "preact/hooks";
import { ApiError, type FieldErrors, newKey, post } from "../../api/client";
import type { Case, Disclosure, Field, Referral, Values } from "../../api/types";
import { explain } from "../../lib/explain";
import { remember } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";

export interface Withdrawing {
  url: string;
  version: number;
}

interface Props {
  /** The record's own path in the API, under which its page remembers it. */
  record: string;
  share: Disclosure;
  withdraw: Withdrawing;
  onDone: () => Promise<void>;
}

const BLANK = { hint: "", required: true, choices: null, fields: null, show_if: null, not_known: false };
const FIELDS: Field[] = [
  { ...BLANK, name: "said_by", kind: "text", label: "Who took their consent back?", max_length: 200 },
  { ...BLANK, name: "reason", kind: "long_text", label: "What did they say?", max_length: null },
];

export function Withdraw({ record, share, withdraw, onDone }: Props) {
  const [values, setValues] = useState<Values>({});
  const [failure, setFailure] = useState<{ reasons: string[]; fields: FieldErrors } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = useRef(newKey());
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setAttempt((count) => count + 1);
    try {
      const body = { ...values, disclosure: share.id, version: withdraw.version };
      remember(record, await post<Case | Referral>(withdraw.url, body, key.current));
      await onDone();
    } catch (error) {
      key.current = newKey();
      const fields = error instanceof ApiError ? error.fields : {};
      setFailure({ reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields });
    }
  };
  return (
    <form onSubmit={submit} noValidate autocomplete="off">
      {failure && <ErrorSummary {...failure} attempt={attempt} />}
      <p>{share.to_agency} can then read no more of this than it had already taken away.</p>
      <FormFields
        fields={FIELDS}
        values={values}
        errors={failure?.fields ?? {}}
        onChange={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
      />
      <button type="submit" class="govuk-button govuk-button--warning">
        Record it and end the sharing
      </button>
    </form>
  );
}
