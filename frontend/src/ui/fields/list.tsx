/** A list of things, each with a few fields: added one by one, changed and removed in place. */
import { useRef } from "preact/hooks";
import type { Value, Values } from "../../api/types";
import { askedFields, NOT_KNOWN } from "../../lib/answers";
import { FieldControl } from "./field";
import { type FieldProps, Grouped, NotKnown } from "./frame";

/** The items as they are shown: a first, empty one stands ready unless "Not known" was chosen. */
function itemsOf(value: FieldProps["value"]): Values[] {
  if (Array.isArray(value) && value.length > 0) return value as Values[];
  return value === NOT_KNOWN ? [] : [{}];
}

export function ListField(props: FieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const items = itemsOf(props.value);
  const focusItem = (index: number) =>
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLElement>(".app-item")[index]?.focus());
  const add = () => {
    props.onChange([...items, {}]);
    focusItem(items.length);
  };
  const remove = (index: number) => {
    props.onChange(items.filter((_, at) => at !== index));
    focusItem(Math.max(0, index - 1));
  };
  return (
    <Grouped {...props}>
      <div ref={box}>
        {items.map((item, index) => (
          <Item
            key={index}
            {...props}
            item={item}
            index={index}
            onItem={(next) => props.onChange(items.map((old, at) => (at === index ? next : old)))}
            onRemove={items.length > 1 ? () => remove(index) : undefined}
          />
        ))}
      </div>
      <button type="button" class="govuk-button govuk-button--secondary" onClick={add}>
        {items.length === 0 ? "Add" : "Add another"}
      </button>
      <NotKnown {...props} />
    </Grouped>
  );
}

type ItemProps = FieldProps & {
  item: Values;
  index: number;
  onItem: (item: Values) => void;
  onRemove: (() => void) | undefined;
};

function Item({ field, name, errors, item, index, onItem, onRemove }: ItemProps) {
  return (
    <fieldset class="govuk-fieldset app-item" tabIndex={-1}>
      <legend class="govuk-visually-hidden">{`${field.label}, number ${index + 1}`}</legend>
      {askedFields(field.fields ?? [], item).map((part) => (
        <FieldControl
          key={part.name}
          field={part}
          name={`${name}.${index}.${part.name}`}
          value={item[part.name]}
          values={item}
          errors={errors}
          onChange={(next: Value) => onItem({ ...item, [part.name]: next })}
        />
      ))}
      {onRemove && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onRemove}>
          Remove<span class="govuk-visually-hidden"> number {index + 1}</span>
        </button>
      )}
    </fieldset>
  );
}
