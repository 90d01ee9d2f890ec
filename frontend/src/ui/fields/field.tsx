/** Draws any field from its description, and any form from a list of them. */
import type { FieldErrors } from "../../api/client";
import type { Field, FieldKind, Value, Values } from "../../api/types";
import { askedFields } from "../../lib/answers";
import { AnswersField } from "./answers";
import { ChildMatchField } from "./child";
import { ChoiceField, ChoicesField, YesNoField } from "./choice";
import { DateField, DateTimeField } from "./date";
import type { FieldProps } from "./frame";
import { later } from "./later";
import { ListField } from "./list";
import { LongTextField, NumberField, TextField } from "./text";

const PractitionerField = later(() => import("./practitioner").then((found) => found.PractitionerField));
const ReadersField = later(() => import("./readers").then((found) => found.ReadersField));
const ServiceField = later(() => import("./service").then((found) => found.ServiceField));

const CONTROLS: Record<FieldKind, (props: FieldProps) => preact.JSX.Element | null> = {
  text: TextField,
  long_text: LongTextField,
  choice: ChoiceField,
  choices: ChoicesField,
  date: DateField,
  datetime: DateTimeField,
  yes_no: YesNoField,
  number: NumberField,
  agency: ChoiceField,
  person: ChoiceField,
  practitioner: PractitionerField,
  readers: ReadersField,
  child_match: ChildMatchField,
  record: ChoiceField,
  service: ServiceField,
  list: ListField,
  answers: AnswersField,
};

export function FieldControl(props: FieldProps) {
  const Control = CONTROLS[props.field.kind] ?? TextField;
  return <Control {...props} />;
}

/** Whether the field follows from another one on the same page, rather than from an earlier page. */
const isFollowUp = ({ show_if: when }: Field, fields: Field[]) => fields.some(({ name }) => name === when?.field);

interface FormProps {
  fields: Field[];
  values: Values;
  errors: FieldErrors;
  /** The page's heading: a field that asks the same is not asked twice. */
  heading?: string;
  /** The name of the field these belong to, when they are answers within another form. */
  prefix?: string;
  onChange: (name: string, value: Value) => void;
}

export function FormFields({ fields, values, errors, heading, prefix, onChange }: FormProps) {
  return (
    <>
      {askedFields(fields, values).map((field) => (
        <div key={field.name} class={isFollowUp(field, fields) ? "app-follow-up" : undefined}>
          <FieldControl
            field={field}
            name={prefix ? `${prefix}.${field.name}` : field.name}
            value={values[field.name]}
            values={values}
            errors={errors}
            quiet={field.label === heading}
            onChange={(value) => onChange(field.name, value)}
          />
        </div>
      ))}
    </>
  );
}
