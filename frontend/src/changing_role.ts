/** What another window of this browser has changed under this page: found out, and decided. Fetched with its dialogue. */
import { signal } from "@preact/signals";
import { onChangedRole } from "./api/client";
import type { Session } from "./api/types";
import { saveDrafts } from "./lib/drafts";
import { adopt, fetchSession, inRole, session, set, windows } from "./session";

/** Who this browser acts as by now, where that is not who this page was opened by. */
export const elsewhere = signal<Session | null>(null);

let decide: ((same: boolean) => void) | null = null;
let deciding: Promise<boolean> | null = null;

/** Several calls may find the role changed at once: they all wait for the one dialogue. */
async function roleHasChanged(): Promise<boolean> {
  const before = session.peek()?.membership;
  const now = await fetchSession();
  if (!before || !now.signed_in) return false;
  if (now.membership?.id === before.id) return backAs(now);
  elsewhere.value = now;
  deciding ??= new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  return deciding;
}

onChangedRole(roleHasChanged);
if (windows) windows.onmessage = () => void roleHasChanged();

/** The page goes on in the role it was opened in, with all that was typed. */
function backAs(now: Session): true {
  set(now);
  elsewhere.value = null;
  decide?.(true);
  decide = null;
  deciding = null;
  return true;
}

export async function changeBack(): Promise<void> {
  const role = session.peek()?.membership?.id;
  if (!role) return;
  backAs(await inRole(role));
  windows?.postMessage("changed");
}

/** Goes on in the new role, once what was typed in the old one has been kept in its drafts. */
export async function followRole(): Promise<void> {
  const [before, now] = [session.peek(), elsewhere.peek()];
  if (!now) return;
  if (before?.membership && now.membership && before.person?.id === now.person?.id) {
    await inRole(before.membership.id);
    await saveDrafts();
    await inRole(now.membership.id);
  }
  adopt(now);
}
