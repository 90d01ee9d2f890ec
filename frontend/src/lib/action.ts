/** Doing an option of a record: what is typed, one key until it succeeds, and what to show when it does not. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type Change, type Existing, type FieldErrors, newKey, post } from "../api/client";
import type { Field, Option, TypedSaved, Value, Values } from "../api/types";
import { givenAnswers } from "./answers";
import type { Autosave } from "./autosave";
import { explain } from "./explain";
import { type Meeting, useMet } from "./met";

export interface Failure {
  reasons: string[];
  fields: FieldErrors;
  /** What others did to the record since this form was opened. */
  changed: Change[] | null;
  /** What was there already and stands in the way. */
  existing: Existing | null;
}

export interface Action extends Pick<Meeting, "met" | "choose"> {
  values: Values;
  set: (name: string, value: Value) => void;
  /**
   * Begins with what stands already, as it is in this version: nobody has typed it, so nothing is lost by leaving, and
   * what is read anew takes its place until somebody types.
   */
  begin: (fields: Field[], version?: number) => void;
  busy: boolean;
  failure: Failure | null;
  attempt: number;
  /** `also` goes with what was typed: what the option is about, where the form does not ask it. */
  submit: (option: Option, version: number | undefined, also?: Values) => Promise<unknown>;
}

/** A sentence that stands at several fields says of each one which it is. */
export function named(errors: FieldErrors, fields: Field[]): FieldErrors {
  const all = Object.values(errors).flat();
  const label = (name: string) => fields.find((field) => field.name === name)?.label;
  const name = (field: string, sentence: string) => {
    const question = label(field);
    if (!question || all.filter((other) => other === sentence).length < 2) return sentence;
    return `${question.replace(/[^?]$/, "$&:")} ${sentence}`;
  };
  return Object.fromEntries(
    Object.entries(errors).map(([field, sentences]) => [
      field,
      [...new Set(sentences.map((sentence) => name(field, sentence)))],
    ]),
  );
}

const NOTHING: Failure = { reasons: [], fields: {}, changed: null, existing: null };

function failureOf(error: unknown, fields: Field[]): Failure {
  if (!(error instanceof ApiError)) return { ...NOTHING, reasons: explain(error) };
  if (error.code === "stale") return { ...NOTHING, reasons: error.reasons, changed: error.changed };
  const reasons = Object.keys(error.fields).length > 0 ? [] : explain(error);
  return { ...NOTHING, reasons, fields: named(error.fields, fields), existing: error.existing };
}

const changesWhatStands = ({ kind, value }: Field) => value !== undefined || kind === "answers";

/** Warns when the tab is closed on a form that has been filled in and not sent. */
function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
}

/**
 * `reread` brings the record up to date after a refusal: nothing is sent again before it has, with an older version.
 * `kept` keeps what is typed on the server, until it is sent.
 */
export function useAction(reread?: () => Promise<void>, kept?: Autosave<TypedSaved>): Action {
  const [own, setValues] = useState<Values>({});
  const values = kept ? kept.values.value : own;
  const [first, setFirst] = useState(values);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = useRef(newKey());
  const sending = useRef(false);
  // The version that the answers of the form were read in, for one that begins with what stands.
  const read = useRef<number | undefined>(undefined);
  const latest = useRef(values);
  latest.current = values;
  const set = (name: string, value: Value) =>
    kept ? kept.set(name, value) : setValues((old) => ({ ...old, [name]: value }));
  const replace = (answers: Values) => {
    for (const [name, value] of Object.entries(answers)) if (latest.current[name] !== value) set(name, value);
  };
  const { met, waits, meet, choose } = useMet(latest, replace);
  useLeaveGuard(!kept && values !== first && Object.keys(values).length > 0);

  const refused = async (error: unknown, option: Option) => {
    // A refusal had no effect, so another try is another request; without an answer it must be the same one.
    if (!(error instanceof ApiError && error.mayRetry)) key.current = newKey();
    setFailure(failureOf(error, option.input));
    if (!(error instanceof ApiError && error.code === "stale")) return;
    // Not joined, as when the network is gone, it is still the old form: sent again, it is refused again.
    await meet(error.differs).then(
      () => {
        if (read.current !== undefined) read.current = error.version;
      },
      () => undefined,
    );
  };

  const submit = async (option: Option, version: number | undefined, also: Values = {}) => {
    if (sending.current) return null;
    setAttempt((count) => count + 1);
    if (waits) return null;
    sending.current = true;
    setBusy(true);
    try {
      // Saved or not, it is sent; but not over what was written in another tab, unseen.
      await kept?.flush();
      if (kept && Object.keys(kept.conflicts.value).length > 0) return null;
      const given = { ...givenAnswers(option.input, values), ...also };
      const body = version === undefined ? given : { ...given, version: read.current ?? version };
      const result = await post<unknown>(option.url, body, key.current);
      setValues({});
      kept?.stop();
      return result ?? {};
    } catch (error) {
      await refused(error, option);
      await reread?.();
      return null;
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  return {
    values,
    set,
    met,
    choose,
    begin: (fields, version) => {
      const stands = fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
      if (latest.current !== first || !fields.some(changesWhatStands)) return;
      read.current = version;
      if (stands.length === 0) return;
      const begun: Values = Object.fromEntries(stands);
      setFirst(begun);
      setValues(begun);
    },
    busy,
    failure,
    attempt,
    submit,
  };
}
