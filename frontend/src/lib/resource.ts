/** What has been read from the API, in memory only, shown at once on coming back while it is read again. */
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { get } from "../api/client";
import type { Page } from "../api/types";

export interface Resource<T> {
  data: Signal<T | null>;
  error: Signal<unknown>;
  loading: Signal<boolean>;
  load: () => Promise<void>;
}

const known = new Map<string, Resource<unknown>>();

function create<T>(path: string): Resource<T> {
  const resource: Resource<T> = {
    data: signal<T | null>(null),
    error: signal<unknown>(null),
    loading: signal(false),
    async load() {
      resource.loading.value = true;
      try {
        resource.data.value = await get<T>(path);
        resource.error.value = null;
      } catch (error) {
        resource.error.value = error;
      } finally {
        resource.loading.value = false;
      }
    },
  };
  return resource;
}

export function resourceOf<T>(path: string): Resource<T> {
  let resource = known.get(path) as Resource<T> | undefined;
  if (!resource) {
    resource = create<T>(path);
    known.set(path, resource as Resource<unknown>);
  }
  return resource;
}

/** Whether each of these has come or failed: then a page made of several parts can be shown without moving. */
export function isSettled(paths: string[]): boolean {
  return paths.map(resourceOf).every(({ data, error }) => data.value !== null || error.value !== null);
}

/** Whether each of these lists has come, and nothing is in any of them. */
export function areEmpty(paths: string[]): boolean {
  return paths.map((path) => resourceOf<Page<unknown>>(path)).every(({ data }) => data.value?.results.length === 0);
}

/** Reads a record when the page opens, and again whenever the page is opened anew. */
export function useResource<T>(path: string): Resource<T> {
  const resource = useMemo(() => resourceOf<T>(path), [path]);
  useEffect(() => {
    void resource.load();
  }, [resource]);
  return resource;
}

/** Puts a record that a write answered where the next page will look for it. */
export function remember<T>(path: string, data: T): void {
  const resource = resourceOf<T>(path);
  resource.data.value = data;
  resource.error.value = null;
}

/** After a write any list or record may be old: all is read again when it is next shown. */
export function forgetAll(): void {
  known.clear();
}

/** What was undone beneath an open page is read again at once. */
export function readAgain(): void {
  for (const resource of known.values()) void resource.load();
}

export interface Rows<T> {
  rows: T[] | null;
  error: unknown;
  loading: boolean;
  hasMore: boolean;
  more: () => Promise<void>;
  reload: () => Promise<void>;
}

const withCursor = (path: string, cursor: string) =>
  `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursorOf(cursor))}`;

/** A cursor comes as it stands in an address, that is with its special characters written as codes. */
const cursorOf = (next: string) => decodeURIComponent(next);

/** A list that grows by "show more"; the first page comes from memory while it is read again. */
export function useRows<T>(path: string): Rows<T> {
  const first = useResource<Page<T>>(path);
  const later = useMemo(() => signal<Page<T>[]>([]), [path]);
  const failed = useMemo(() => signal<unknown>(null), [path]);
  const busy = useMemo(() => signal(false), [path]);
  const last = later.value.at(-1) ?? first.data.value;

  const more = async () => {
    if (!last?.next || busy.value) return;
    busy.value = true;
    try {
      later.value = [...later.value, await get<Page<T>>(withCursor(path, last.next))];
      failed.value = null;
    } catch (error) {
      failed.value = error;
    } finally {
      busy.value = false;
    }
  };

  return {
    rows: first.data.value ? [first.data.value, ...later.value].flatMap((page) => page.results) : null,
    error: failed.value ?? first.error.value,
    loading: first.loading.value || busy.value,
    hasMore: Boolean(last?.next),
    more,
    reload: first.load,
  };
}
