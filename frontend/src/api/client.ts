/** The one way to the API: every call goes through send(), which knows CSRF, keys, errors and signing in again. */

import { BASE, HOW, headersIn, takeEarly } from "./asking";
import type { Value } from "./fields";
import { upload } from "./uploading";

const PATIENCE_MS = 30_000;

export type FieldErrors = Record<string, string[]>;

export interface Change {
  verb: string;
  label: string;
  by: string;
  at: string;
}

/** An answer that somebody else has changed; null is no answer. One of an inner form is called `answers.name`. */
export interface Difference {
  name: string;
  was: Value;
  now: Value;
}

/** The record that was there already. */
export interface Existing {
  reference: string;
  url: string;
}

interface Refusal {
  code?: string;
  reasons?: string[];
  fields?: FieldErrors;
  changed?: Change[];
  differs?: Difference[];
  existing?: Existing;
  version?: number;
  challenge?: Challenge;
  /** As allauth answers: what it waits for before somebody is signed in. */
  errors?: { code: string; param?: string; message?: string }[];
  data?: { flows?: { id: string; is_pending?: boolean; types?: string[] }[] };
}

/** How somebody can show that it is still them. */
export interface Challenge {
  ways: string[];
}

/** An answer that is not a success. Status 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly reasons: string[];
  readonly fields: FieldErrors;
  readonly changed: Change[];
  readonly differs: Difference[];
  /** As the record is now, for whoever came with an older one. */
  readonly version: number | undefined;
  readonly existing: Existing | null;

  constructor(
    readonly status: number,
    readonly body: Refusal,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`${status} ${body.code ?? ""}`);
    this.code = body.code ?? (status === 0 ? "offline" : "unknown");
    this.reasons = body.reasons ?? [];
    this.fields = body.fields ?? {};
    this.changed = body.changed ?? [];
    this.differs = body.differs ?? [];
    this.version = body.version;
    this.existing = body.existing ?? null;
  }

  /** Whether the same request may succeed later without the person changing anything. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.code === "in_flight";
  }
}

export interface SendOptions {
  body?: unknown;
  key?: string;
  keepalive?: boolean;
  /** Hears the share of the request that has gone, for those that take long to send. */
  onProgress?: (share: number) => void;
  /** False for the calls that sign in, which must hear their own 401. */
  reauthenticate?: boolean;
}

/** Asks the person in place to sign in again, or whether it is still them; answers true when they did. Set by the session. */
let signInAgain: (challenge?: Challenge) => Promise<boolean> = async () => false;
/** Asks the person in place in which role they go on; answers true when it is the one this page was opened in. */
let changedRole: () => Promise<boolean> = async () => false;
let heard: () => void = () => {};
/** The membership this page acts in. */
let actsAs = "";

export function onSignedOut(ask: typeof signInAgain): void {
  signInAgain = ask;
}

export function onChangedRole(ask: typeof changedRole): void {
  changedRole = ask;
}

export function actAs(membershipId: string): void {
  actsAs = membershipId;
}

export function onAnswer(listener: () => void): void {
  heard = listener;
}

/** Read at each call, because signing in and switching role change it. */
export function csrfToken(): string {
  const pair = document.cookie.split("; ").find((part) => /^(__Host-)?csrftoken=/.test(part));
  return pair ? decodeURIComponent(pair.slice(pair.indexOf("=") + 1)) : "";
}

export function newKey(): string {
  return crypto.randomUUID();
}

function headersFor(method: string, options: SendOptions): Record<string, string> {
  const headers = headersIn(actsAs);
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.key) headers["Idempotency-Key"] = options.key;
  return headers;
}

async function attempt(method: string, url: string, options: SendOptions): Promise<Response> {
  const headers = headersFor(method, options);
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  try {
    const early = method === "GET" ? takeEarly(url) : undefined;
    if (early) return await early;
    if (options.onProgress && body) return await upload(method, url, headers, body, options.onProgress);
    return await fetch(url, {
      method,
      headers,
      body,
      ...HOW,
      keepalive: options.keepalive ?? false,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new ApiError(0, {});
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  return response.json().catch(() => null);
}

/** Whether what stood in the way is out of it, because the person has signed in again or is back in their role. */
async function maySendAgain(status: number, refusal: Refusal | null): Promise<boolean> {
  if (status === 401) return signInAgain(refusal?.challenge);
  return status === 409 && refusal?.code === "changed_role" && changedRole();
}

/** Sends one request and answers the parsed body; anything but success is an ApiError. */
export async function send<T>(method: string, path: string, options: SendOptions = {}): Promise<T> {
  const url = path.startsWith("/") ? path : BASE + path;
  let response = await attempt(method, url, options);
  let body = await bodyOf(response);
  if (options.reauthenticate !== false && (await maySendAgain(response.status, body as Refusal | null))) {
    response = await attempt(method, url, options);
    body = await bodyOf(response);
  }
  if (response.ok) {
    heard();
    return body as T;
  }
  const wait = Number(response.headers.get("Retry-After"));
  throw new ApiError(response.status, (body ?? {}) as Refusal, wait > 0 ? wait : null);
}

export const get = <T>(path: string): Promise<T> => send<T>("GET", path);

export const post = <T>(path: string, body: unknown, key: string): Promise<T> => send<T>("POST", path, { body, key });
