/** A list of things, each with a few fields: added one by one, changed and removed in place. */
import { useRef } from "preact/hooks";
import type { Value, Values } from "../../api/types";
import { askedFields, NOT_KNOWN } from "../../lib/answers";
import { FieldControl } from "./field";
import { type FieldProps, Grouped, NotKnown } from "./frame";

export function ListField(props: FieldProps) {
  const { field, name, value, onChange, errors } = props;
  const box = useRef<HTMLDivElement>(null);
  const notKnown = value === NOT_KNOWN;
  const items = Array.isArray(value) ? (value as Values[]) : [];
  const shown = items.length > 0 ? items : notKnown ? [] : [{}];
  const replace = (index: number, item: Values) => onChange(shown.map((old, at) => (at === index ? item : old)));

  const add = () => {
    onChange([...shown, {}]);
    focusItem(shown.length);
  };
  const remove = (index: number) => {
    onChange(shown.filter((_, at) => at !== index));
    focusItem(Math.max(0, index - 1));
  };
  const focusItem = (index: number) =>
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLElement>(".app-item")[index]?.focus());

  return (
    <Grouped {...props}>
      <div ref={box}>
        {shown.map((item, index) => (
          <fieldset class="govuk-fieldset app-item" key={index} tabIndex={-1}>
            <legend class="govuk-visually-hidden">{`${field.label}, number ${index + 1}`}</legend>
            {askedFields(field.fields ?? [], item).map((part) => (
              <FieldControl
                key={part.name}
                field={part}
                name={`${name}.${index}.${part.name}`}
                value={item[part.name]}
                values={item}
                errors={errors}
                onChange={(next: Value) => replace(index, { ...item, [part.name]: next })}
              />
            ))}
            {shown.length > 1 && (
              <button type="button" class="govuk-button govuk-button--secondary" onClick={() => remove(index)}>
                Remove<span class="govuk-visually-hidden"> number {index + 1}</span>
              </button>
            )}
          </fieldset>
        ))}
      </div>
      <button type="button" class="govuk-button govuk-button--secondary" onClick={add}>
        {shown.length === 0 ? "Add" : "Add another"}
      </button>
      <NotKnown {...props} />
    </Grouped>
  );
}
