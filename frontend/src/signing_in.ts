/** Signing in, and showing that it is still oneself: fetched with the pages and dialogues that do it. */
import { ApiError, csrfToken, newKey, send } from "./api/client";
import type { Session } from "./api/types";
import { adopt, asking, endAsking, fetchSession, session } from "./session";
import { showPasskey } from "./ui/signing/passkeys";

/** Signing out in another tab takes the CSRF token along; asking who is here brings a new one. */
async function ensureToken(): Promise<void> {
  if (!csrfToken()) await fetchSession();
}

const AUTH = "/_allauth/browser/v1/auth/";

/** Signs in with a password; answers the kinds of second factor that are asked for, none where it is done. */
export async function signIn(email: string, password: string): Promise<string[]> {
  await ensureToken();
  try {
    await send("POST", `${AUTH}login`, { body: { email, password }, reauthenticate: false });
  } catch (error) {
    // 409 says that this browser is signed in already, which is what was asked for.
    if (!(error instanceof ApiError && error.status === 409)) return secondStep(error);
  }
  await arrive();
  return [];
}

/** 401 says that the password was right and what is missing, or else that it was wrong. */
function secondStep(error: unknown): string[] {
  const flows = error instanceof ApiError && error.status === 401 ? (error.body.data?.flows ?? []) : [];
  const pending = flows.find(({ id, is_pending: isPending }) => id === "mfa_authenticate" && isPending);
  if (!pending) throw error;
  return pending.types ?? [];
}

export async function signInWithCode(code: string): Promise<void> {
  await send("POST", `${AUTH}2fa/authenticate`, { body: { code }, reauthenticate: false });
  await arrive();
}

/** With a passkey after the password, or instead of it: it asks for a finger or a PIN, and so is two factors itself. */
export async function signInWithPasskey(afterPassword: boolean): Promise<void> {
  await ensureToken();
  await showPasskey(`${AUTH}webauthn/${afterPassword ? "authenticate" : "login"}`);
  await arrive();
}

async function arrive(): Promise<void> {
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

/** Shows that it is still the same person; a session that has ended meanwhile is begun anew instead. */
async function confirm(show: () => Promise<unknown>): Promise<void> {
  try {
    await show();
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    asking.value = {};
    return;
  }
  endAsking(true);
}

const confirmBy = (path: string, body: unknown) =>
  confirm(() => send("POST", path, { body, key: newKey(), reauthenticate: false }));

export const confirmWithPassword = (password: string) => confirmBy(`${AUTH}reauthenticate`, { password });
export const confirmWithCode = (code: string) => confirmBy(`${AUTH}2fa/reauthenticate`, { code });
export const confirmWithPasskey = () => confirm(() => showPasskey(`${AUTH}webauthn/reauthenticate`));
export const confirmInDemo = () => confirmBy("demo/confirm/", {});
export const giveUpAsking = () => endAsking(false);
