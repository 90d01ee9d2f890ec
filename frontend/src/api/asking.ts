/** How the API is asked, by the app and by the little script that asks before the app is there. */

export const BASE = "/api/v1/";
/** Nothing that the API says stays in the browser's own store. */
export const HOW = { credentials: "same-origin", cache: "no-store" } as const;

/** An answer asked for early is good for the page that was opened, not for one that somebody goes to later. */
const FRESH_MS = 15_000;

declare global {
  /** By address: what has been asked for before the app was there, each to be taken once. */
  var asked: Map<string, Promise<Response>> | undefined;
}

/** What each request says, and in which role: told each time, so that a page never goes on in another one unnoticed. */
export function headersIn(membershipId: string): Record<string, string> {
  return { Accept: "application/json", ...(membershipId && { "Acting-As": membershipId }) };
}

/** Asks before anybody needs the answer. */
export function askEarly(paths: string[], membershipId: string): void {
  globalThis.asked = new Map();
  for (const path of paths) {
    const answer = fetch(BASE + path, { headers: headersIn(membershipId), ...HOW });
    // Whoever takes it hears that it failed; where nobody does, nobody needs to.
    answer.catch(() => undefined);
    globalThis.asked.set(BASE + path, answer);
  }
}

/** The answer that was asked for early, if there is one: everybody after the first has to ask anew. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const found = performance.now() < FRESH_MS ? globalThis.asked?.get(url) : undefined;
  globalThis.asked?.delete(url);
  return found;
}
