/** Who is signed in: read from the page itself, or asked of the server; signing in, out and switching role. */
import { signal } from "@preact/signals";
import { ApiError, csrfToken, newKey, onAnswer, onSignedOut, post, send } from "./api/client";
import type { Session } from "./api/types";
import { forgetDrafts, saveDrafts } from "./lib/drafts";
import { forgetAll } from "./lib/resource";

export const session = signal<Session | null>(null);

/** True while the person is asked to sign in again over the page they are on. */
export const askingAgain = signal(false);
export const lastAnswerAt = signal(Date.now());

let answerAgain: ((signedIn: boolean) => void) | null = null;
let waiting: Promise<boolean> | null = null;

onAnswer(() => {
  lastAnswerAt.value = Date.now();
});

/** Several calls may find the session gone at once: they all wait for the one dialogue. */
export function signInInPlace(): Promise<boolean> {
  if (!session.peek()?.signed_in) return Promise.resolve(false);
  waiting ??= new Promise<boolean>((resolve) => {
    answerAgain = resolve;
    askingAgain.value = true;
  });
  return waiting;
}

onSignedOut(signInInPlace);

function endAsking(signedIn: boolean): void {
  askingAgain.value = false;
  answerAgain?.(signedIn);
  answerAgain = null;
  waiting = null;
}

export async function loadSession(): Promise<void> {
  const embedded = document.getElementById("session")?.textContent;
  session.value = embedded ? (JSON.parse(embedded) as Session) : await fetchSession();
}

function fetchSession(): Promise<Session> {
  return send<Session>("GET", "session/", { reauthenticate: false });
}

/** Sets the new session; when another person has signed in, nothing of the first may stay. */
function adopt(next: Session): void {
  const before = session.peek();
  const samePerson = before?.membership?.id === next.membership?.id;
  if (!samePerson) {
    forgetAll();
    forgetDrafts();
  }
  session.value = next;
  lastAnswerAt.value = Date.now();
  if (before?.signed_in && !samePerson) location.assign("/");
  else endAsking(next.signed_in);
}

/** Signing out in another tab takes the CSRF token along; asking who is here brings a new one. */
async function ensureToken(): Promise<void> {
  if (!csrfToken()) await fetchSession();
}

export async function signIn(email: string, password: string): Promise<void> {
  await ensureToken();
  try {
    await send("POST", "/_allauth/browser/v1/auth/login", { body: { email, password }, reauthenticate: false });
  } catch (error) {
    // 409 says that this browser is signed in already, which is what was asked for.
    if (!(error instanceof ApiError && error.status === 409)) throw error;
  }
  adopt(await inSameRole(await fetchSession()));
}

/** Signing in again must not change the role that the page underneath was opened in. */
async function inSameRole(next: Session): Promise<Session> {
  const before = session.peek();
  const role = before?.membership?.id;
  if (!role || before.person?.id !== next.person?.id || next.membership?.id === role) return next;
  return send<Session>("POST", "session/membership/", {
    body: { membership_id: role },
    key: newKey(),
    reauthenticate: false,
  });
}

export async function signInToDemo(membershipId: string): Promise<void> {
  await ensureToken();
  const body = { membership_id: membershipId };
  adopt(await send<Session>("POST", "demo/sign-in/", { body, key: newKey(), reauthenticate: false }));
}

export async function switchMembership(membershipId: string): Promise<void> {
  await saveDrafts();
  adopt(await post<Session>("session/membership/", { membership_id: membershipId }, newKey()));
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
