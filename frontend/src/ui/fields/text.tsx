/** Text, long text and numbers. */
import { fieldId } from "../errors";
import { described, errorsAt, type FieldProps, Labelled, NotKnown, shownText } from "./frame";

const errorClass = (base: string, bad: boolean) => `${base}${bad ? ` ${base}--error` : ""}`;

function widthClass(length: number | null): string {
  if (length === null || length > 60) return "";
  return length <= 12 ? " govuk-input--width-10" : " govuk-input--width-20";
}

export function TextField(props: FieldProps) {
  const { field, name, onChange, errors } = props;
  const bad = errorsAt(errors, name).length > 0;
  return (
    <Labelled {...props}>
      <input
        class={errorClass("govuk-input", bad) + widthClass(field.max_length)}
        id={fieldId(name)}
        name={name}
        type="text"
        autocomplete="off"
        value={shownText(props)}
        aria-describedby={described(props)}
        aria-invalid={bad || undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <NotKnown {...props} />
    </Labelled>
  );
}

export function NumberField(props: FieldProps) {
  const { name, onChange, errors } = props;
  const bad = errorsAt(errors, name).length > 0;
  const read = (text: string) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text || null);
  return (
    <Labelled {...props}>
      <input
        class={`${errorClass("govuk-input", bad)} govuk-input--width-5`}
        id={fieldId(name)}
        name={name}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={shownText(props)}
        aria-describedby={described(props)}
        aria-invalid={bad || undefined}
        onInput={(event) => onChange(read(event.currentTarget.value))}
      />
      <NotKnown {...props} />
    </Labelled>
  );
}

export function LongTextField(props: FieldProps) {
  const { field, name, onChange, errors } = props;
  const bad = errorsAt(errors, name).length > 0;
  const text = shownText(props);
  return (
    <Labelled {...props}>
      <textarea
        class={errorClass("govuk-textarea", bad)}
        id={fieldId(name)}
        name={name}
        rows={Math.min(16, Math.max(5, Math.ceil(text.length / 70)))}
        autocomplete="off"
        value={text}
        aria-describedby={described(props)}
        aria-invalid={bad || undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <Remaining length={text.length} max={field.max_length} />
      <NotKnown {...props} />
    </Labelled>
  );
}

/** Speaks only when the end is near: a count from the first letter on disturbs more than it helps. */
function Remaining({ length, max }: { length: number; max: number | null }) {
  if (max === null || length < max * 0.8) return null;
  const left = max - length;
  const unit = Math.abs(left) === 1 ? "character" : "characters";
  const words = left >= 0 ? `${left} ${unit} left` : `${-left} ${unit} too many`;
  return (
    <p class="govuk-hint app-remaining" role="status">
      {words}
    </p>
  );
}
