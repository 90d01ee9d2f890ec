/** Who is signed in: read from the page itself, or asked of the server; signing out and switching role. */
import { signal } from "@preact/signals";
import { ApiError, actAs, type Challenge, newKey, onAnswer, onSignedOut, post, send } from "./api/client";
import type { Session } from "./api/types";
import { forgetDrafts, saveDrafts } from "./lib/drafts";
import { forgetAll } from "./lib/resource";

export const session = signal<Session | null>(null);

/** While the person is asked, over the page they are on, to sign in again; or, in these ways, whether it is still them. */
export const asking = signal<Partial<Challenge> | null>(null);
export const lastAnswerAt = signal(Date.now());

let answerAgain: ((signedIn: boolean) => void) | null = null;
let waiting: Promise<boolean> | null = null;
/** Tells the other windows of this browser at once that the role has changed; they ask the server what it is. */
export const windows = "BroadcastChannel" in globalThis ? new BroadcastChannel("role") : null;

onAnswer(() => {
  lastAnswerAt.value = Date.now();
});

/** Several calls may find the session gone at once: they all wait for the one dialogue. */
export function signInInPlace(challenge?: Challenge): Promise<boolean> {
  if (!session.peek()?.signed_in) return Promise.resolve(false);
  // A session that has ended cannot be made fresh any more.
  if (!challenge || !waiting) asking.value = challenge ?? {};
  waiting ??= new Promise<boolean>((resolve) => {
    answerAgain = resolve;
  });
  return waiting;
}

onSignedOut(signInInPlace);

export function endAsking(signedIn: boolean): void {
  asking.value = null;
  answerAgain?.(signedIn);
  answerAgain = null;
  waiting = null;
}

/** Adopts who this browser acts as: each request says so from now on. */
export function set(next: Session): void {
  actAs(next.membership?.id ?? "");
  session.value = next;
}

export const inRole = (membershipId: string) =>
  post<Session>("session/membership/", { membership_id: membershipId }, newKey());

export async function loadSession(): Promise<void> {
  const embedded = document.getElementById("session")?.textContent;
  set(embedded ? (JSON.parse(embedded) as Session) : await fetchSession());
}

export function fetchSession(): Promise<Session> {
  return send<Session>("GET", "session/", { reauthenticate: false });
}

/** Sets the new session; when another person has signed in, nothing of the first may stay. */
export function adopt(next: Session): void {
  const before = session.peek();
  const samePerson = before?.membership?.id === next.membership?.id;
  if (!samePerson) {
    forgetAll();
    forgetDrafts();
  }
  set(next);
  lastAnswerAt.value = Date.now();
  if (before?.signed_in && !samePerson) {
    windows?.postMessage("changed");
    location.assign("/");
  } else endAsking(next.signed_in);
}

export async function switchMembership(membershipId: string): Promise<void> {
  await saveDrafts();
  adopt(await inRole(membershipId));
}

/** Keeps the session alive for a person who is there but has not called the server for a while. */
export async function extend(): Promise<void> {
  const now = await fetchSession();
  if (!now.signed_in) await signInInPlace();
}

export async function signOut(): Promise<void> {
  await saveDrafts();
  try {
    await send("DELETE", "/_allauth/browser/v1/auth/session", { reauthenticate: false });
  } catch (error) {
    // The server says 401 to mean "now signed out".
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
  forgetAll();
  forgetDrafts();
  location.assign("/");
}
