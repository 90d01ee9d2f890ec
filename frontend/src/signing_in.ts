/** Signing in, and showing that it is still oneself: fetched with the pages and dialogues that do it. */
import { ApiError, csrfToken, newKey, send } from "./api/client";
import type { Session } from "./api/types";
import { adopt, asking, endAsking, fetchSession, session } from "./session";

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

const REAUTHENTICATE = "/_allauth/browser/v1/auth/reauthenticate";

/** Sends what shows that it is still the same person; a session that has ended meanwhile is begun anew instead. */
async function confirm(path: string, body: unknown): Promise<void> {
  try {
    await send("POST", path, { body, key: newKey(), reauthenticate: false });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    asking.value = {};
    return;
  }
  endAsking(true);
}

export const confirmWithPassword = (password: string) => confirm(REAUTHENTICATE, { password });
export const confirmInDemo = () => confirm("demo/confirm/", {});
export const giveUpAsking = () => endAsking(false);
