/** A search whose words go in the body of the request: kept while the app is open, in memory and in no address. */
import { type Signal, signal } from "@preact/signals";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { Values } from "../../api/types";
import { explain } from "../../lib/explain";

export interface Search<T> {
  values: Values;
  found: T | null;
  failure: { reasons: string[]; fields: FieldErrors } | null;
  attempt: number;
  busy: boolean;
}

export interface Searching<T> {
  state: Signal<Search<T>>;
  set: (name: string, value: Values[string]) => void;
  look: () => Promise<void>;
}

export function searching<T>(path: string): Searching<T> {
  const state = signal<Search<T>>({ values: {}, found: null, failure: null, attempt: 0, busy: false });
  const change = (part: Partial<Search<T>>) => {
    state.value = { ...state.value, ...part };
  };
  return {
    state,
    set: (name, value) => change({ values: { ...state.value.values, [name]: value } }),
    async look() {
      change({ busy: true, attempt: state.value.attempt + 1 });
      try {
        change({ found: await send<T>("POST", path, { body: state.value.values, key: newKey() }), failure: null });
      } catch (error) {
        const fields = error instanceof ApiError ? error.fields : {};
        change({ found: null, failure: { reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields } });
      } finally {
        change({ busy: false });
      }
    },
  };
}
