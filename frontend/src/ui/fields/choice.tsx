/** One of several, several of several, and yes or no. Nothing is ever chosen beforehand. */
import type { Choice, Value } from "../../api/types";
import { NOT_KNOWN } from "../../lib/answers";
import { gathered } from "../../lib/gather";
import { fieldId } from "../errors";
import { described, errorsAt, type FieldProps, Grouped, Labelled, NotKnown } from "./frame";

const MANY = 12;
/** A hint of more letters than this does not fit into the box of a select on a phone. */
const LONG = 60;
const groupOf = ({ group }: Choice) => group ?? "";

interface Radio {
  value: Value;
  label: string;
  hint?: string;
}

const radiosOf = ({ choices }: { choices: Choice[] | null }): Radio[] => choices ?? [];

export function ChoiceField(props: FieldProps) {
  const { choices, required } = props.field;
  // Radio buttons cannot be cleared, so a choice that may be left open is a select.
  const asSelect = (choices?.length ?? 0) > MANY || !required;
  return asSelect ? <SelectField {...props} /> : <Radios {...props} radios={radiosOf(props.field)} />;
}

export function YesNoField(props: FieldProps) {
  const radios: Radio[] = [
    { value: true, label: "Yes" },
    { value: false, label: "No" },
  ];
  return <Radios {...props} radios={radios} inline={!props.field.not_known} />;
}

function Radios(props: FieldProps & { radios: Radio[]; inline?: boolean }) {
  const { field, name, radios, inline } = props;
  const known = radios.some((radio) => radio.value === NOT_KNOWN);
  return (
    <Grouped {...props}>
      <div class={`govuk-radios${inline ? " govuk-radios--inline" : ""}`}>
        {radios.map((radio, index) => (
          <RadioItem key={String(radio.value)} {...props} radio={radio} id={itemId(name, index)} />
        ))}
        {field.not_known && !known && <div class="govuk-radios__divider">or</div>}
        {field.not_known && !known && (
          <RadioItem {...props} radio={{ value: NOT_KNOWN, label: "Not known" }} id={itemId(name, radios.length)} />
        )}
      </div>
    </Grouped>
  );
}

const itemId = (name: string, index: number) => (index === 0 ? fieldId(name) : `${fieldId(name)}-${index}`);

function RadioItem({ name, value, onChange, radio, id }: FieldProps & { radio: Radio; id: string }) {
  return (
    <div class="govuk-radios__item">
      <input
        class="govuk-radios__input"
        id={id}
        name={name}
        type="radio"
        value={String(radio.value)}
        checked={value === radio.value}
        aria-describedby={radio.hint ? `${id}-hint` : undefined}
        onChange={() => onChange(radio.value)}
      />
      <label class="govuk-label govuk-radios__label" for={id}>
        {radio.label}
      </label>
      {radio.hint && (
        <div id={`${id}-hint`} class="govuk-hint govuk-radios__hint">
          {radio.hint}
        </div>
      )}
    </div>
  );
}

function SelectField(props: FieldProps) {
  const { field, name, value, onChange, errors } = props;
  const bad = errorsAt(errors, name).length > 0;
  const meaning = chosenHint(field.choices, value);
  const options = (choices: Choice[]) =>
    choices.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {choice.hint && choice.hint.length < LONG ? `${choice.label} (${choice.hint})` : choice.label}
      </option>
    ));
  return (
    <Labelled {...props}>
      <select
        class={`govuk-select${bad ? " govuk-select--error" : ""}`}
        id={fieldId(name)}
        name={name}
        autocomplete="off"
        value={typeof value === "string" && value !== NOT_KNOWN ? value : ""}
        aria-describedby={described(props)}
        aria-invalid={bad || undefined}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      >
        <option value="">{field.required ? "Choose one" : "No answer"}</option>
        {gathered(field.choices ?? [], groupOf).map(([group, choices]) =>
          group ? (
            <optgroup key={group} label={group}>
              {options(choices)}
            </optgroup>
          ) : (
            options(choices)
          ),
        )}
      </select>
      {meaning && (
        <div class="govuk-hint" role="status">
          {meaning}
        </div>
      )}
      <NotKnown {...props} />
    </Labelled>
  );
}

/** What the option that was chosen means, where its list has no room to say so. */
function chosenHint(choices: Choice[] | null, value: Value | undefined): string {
  const hint = choices?.find((choice) => choice.value === value)?.hint ?? "";
  return hint.length < LONG ? "" : hint;
}

export function ChoicesField(props: FieldProps) {
  const { field, name, value, onChange } = props;
  const chosen = Array.isArray(value) ? value : [];
  const choices = field.choices ?? [];
  const toggle = (one: string, on: boolean) => onChange(on ? [...chosen, one] : chosen.filter((item) => item !== one));
  const small = choices.length > MANY;
  return (
    <Grouped {...props}>
      {gathered(choices, groupOf).map(([group, members]) => {
        const items = members.map((choice) => (
          <CheckItem
            key={choice.value}
            id={itemId(name, choices.indexOf(choice))}
            name={name}
            choice={choice}
            checked={chosen.includes(choice.value)}
            onToggle={(on) => toggle(choice.value, on)}
          />
        ));
        const boxes = <div class={`govuk-checkboxes${small ? " govuk-checkboxes--small" : ""}`}>{items}</div>;
        if (!group) return boxes;
        return (
          <fieldset key={group} class="govuk-fieldset app-choice-group">
            <legend class="govuk-fieldset__legend app-choice-group__legend">{group}</legend>
            {boxes}
          </fieldset>
        );
      })}
      <NotKnown {...props} />
    </Grouped>
  );
}

interface CheckItemProps {
  id: string;
  name: string;
  choice: Choice;
  checked: boolean;
  onToggle: (on: boolean) => void;
}

function CheckItem({ id, name, choice, checked, onToggle }: CheckItemProps) {
  return (
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id={id}
        name={name}
        type="checkbox"
        checked={checked}
        aria-describedby={choice.hint ? `${id}-hint` : undefined}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <label class="govuk-label govuk-checkboxes__label" for={id}>
        {choice.label}
      </label>
      {choice.hint && (
        <div id={`${id}-hint`} class="govuk-hint govuk-checkboxes__hint">
          {choice.hint}
        </div>
      )}
    </div>
  );
}
