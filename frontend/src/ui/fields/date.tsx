/** A date in three boxes, and a date with a time; what is half typed is kept as it is. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Value } from "../../api/types";
import { NOT_KNOWN } from "../../lib/answers";
import { londonParts, londonToIso } from "../../lib/format";
import { fieldId } from "../errors";
import { errorsAt, type FieldProps, Grouped, NotKnown } from "./frame";

interface Typed {
  day: string;
  month: string;
  year: string;
  time: string;
}

const NOTHING: Typed = { day: "", month: "", year: "", time: "" };
const BOXES = [
  { part: "day", label: "Day", width: 2 },
  { part: "month", label: "Month", width: 2 },
  { part: "year", label: "Year", width: 4 },
] as const;

/** What stands in the boxes for a stored value. */
export function readDate(value: Value | undefined, withTime: boolean): Typed {
  if (typeof value !== "string" || value === "" || value === NOT_KNOWN) return NOTHING;
  if (withTime && /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(value)) {
    const { day, month, year, hour, minute } = londonParts(new Date(value));
    return { day, month, year, time: `${hour}:${minute}` };
  }
  const [date = "", time = ""] = value.split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return { day, month, year, time };
}

/** "9:30", "9.30am", "0930" and "2pm" as "09:30", "09:30", "09:30" and "14:00"; null when it is no time. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hourText = "", minute = "00", half] = match;
  let hour = Number(hourText);
  if (half) hour = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return hour < 24 && Number(minute) < 60 ? `${String(hour).padStart(2, "0")}:${minute}` : null;
}

export function writeDate(typed: Typed, withTime: boolean): string | null {
  const { day, month, year, time } = typed;
  if (!day && !month && !year && !time) return null;
  const whole = [day, month, year].every((part) => /^\d+$/.test(part));
  const date = whole
    ? `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
    : `${year}-${month}-${day}`;
  if (!withTime) return date;
  const clock = readTime(time);
  return whole && clock ? londonToIso(date, clock) : `${date}T${time}`;
}

/** Keeps the boxes as typed, and takes over a value that came from elsewhere. */
function useTyped({ value, onChange }: FieldProps, withTime: boolean) {
  const [typed, setTyped] = useState(() => readDate(value, withTime));
  const written = useRef<Value>(value ?? null);
  // Before the next key can be pressed: a later effect would hold an older value against what was typed meanwhile.
  useLayoutEffect(() => {
    if ((value ?? null) === written.current) return;
    written.current = value ?? null;
    setTyped(readDate(value, withTime));
  }, [value, withTime]);
  const change = (part: keyof Typed, text: string) => {
    const next = { ...typed, [part]: text.trim() };
    setTyped(next);
    written.current = writeDate(next, withTime);
    onChange(written.current);
  };
  return [typed, change] as const;
}

export function DateField(props: FieldProps) {
  return <DateBoxes {...props} withTime={false} />;
}

export function DateTimeField(props: FieldProps) {
  return <DateBoxes {...props} withTime />;
}

function DateBoxes(props: FieldProps & { withTime: boolean }) {
  const { name, errors, withTime } = props;
  const [typed, change] = useTyped(props, withTime);
  const id = fieldId(name);
  const bad = errorsAt(errors, name).length > 0 ? " govuk-input--error" : "";
  const boxes = withTime ? [...BOXES, { part: "time", label: "Time, like 14:30", width: 5 } as const] : BOXES;
  return (
    <Grouped {...props}>
      <div class="govuk-date-input">
        {boxes.map(({ part, label, width }, index) => (
          <div class="govuk-date-input__item" key={part}>
            <label class="govuk-label govuk-date-input__label" for={index === 0 ? id : `${id}-${part}`}>
              {label}
            </label>
            <input
              class={`govuk-input govuk-date-input__input govuk-input--width-${width}${bad}`}
              id={index === 0 ? id : `${id}-${part}`}
              type="text"
              inputMode={part === "time" ? undefined : "numeric"}
              autocomplete="off"
              value={typed[part]}
              onInput={(event) => change(part, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
      <NotKnown {...props} />
    </Grouped>
  );
}
