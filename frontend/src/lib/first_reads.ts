/** What the main pages read of the API before they can show anything: asked for while the app is still on its way. */
import type { Session } from "../api/types";

type Navigation = Session["navigation"];

const FEW = "page_size=5";

/** Home shows the beginning of each list. */
export const BEGINNINGS = {
  drafts: `referrals/?view=drafts&${FEW}`,
  sent: `referrals/?view=mine&${FEW}`,
  queue: `referrals/?view=queue&${FEW}`,
  redirected: `referrals/?view=redirected&${FEW}`,
  requests: `information-requests/?view=for-me&${FEW}`,
  confirmations: `confirmations/?view=for-me&${FEW}`,
  work: "work/",
  tasks: `tasks/?view=mine&${FEW}`,
  disagreements: `disagreements/?view=to-answer&${FEW}`,
  cases: `cases/?view=mine&${FEW}`,
  transfers: `transfers/?view=for-me&${FEW}`,
  messages: `messages/?${FEW}`,
};

const { drafts, sent, ...others } = BEGINNINGS;

/** What home reads for each place of the menu that has a list there. */
export const OF_PLACE: Record<string, string[]> = {
  ...Object.fromEntries(Object.entries(others).map(([name, path]) => [name, [path]])),
  referrals: [drafts, sent],
};

/** More lists than these would make the first page slow; the rest are one click away. */
const SHOWN = 4;

/** The places whose lists begin on home. */
export const shownOnHome = (navigation: Navigation) =>
  navigation.filter(({ name }) => name in OF_PLACE).slice(0, SHOWN);

/** Who manages comes for what needs attention and who has how much. */
export const managesIn = (navigation: Navigation) => navigation.some(({ name }) => name === "attention");

export const NOBODYS = `cases/?view=lead&worker=nobody&${FEW}`;
export const OF_MANAGER = ["exceptions/", "caseloads/", "figures/trend/", NOBODYS];

/** What fits on a few screens: more would only make the first of them slower. */
export const QUEUE = "referrals/?view=queue&page_size=25";
export const QUEUE_COUNTS = "referrals/counts/";
/** What each option asks is most of what a case weighs, and is read by the page that asks it. */
export const casePath = (id: string) => `cases/${id}/?forms=no`;

export const identityPath = (id: string) => `cases/${id}/identity/`;

const PAGES: [RegExp, (id: string) => string[]][] = [
  [/^\/queue$/, () => [QUEUE, QUEUE_COUNTS]],
  [/^\/work$/, () => ["work/"]],
  [/^\/attention$/, () => ["exceptions/"]],
  [/^\/figures$/, () => ["figures/flow/"]],
  [/^\/referrals\/([^/]+)\/draft(?:\/[^/]+\/[^/]+)?$/, (id) => [`referrals/${id}/draft/`]],
  [/^\/referrals\/(?!new$)([^/]+)$/, (id) => [`referrals/${id}/`]],
  [/^\/cases\/(?!closed$)([^/]+)$/, (id) => [casePath(id), identityPath(id), `cases/${id}/overview/`]],
];

const FOR_ANYBODY = /^\/(?:status|privacy|set-password|forgotten|directory)\/?$/;

/** The API's paths that the page at this address begins with; none where that is not known. */
export function firstReads(session: Session, path: string, search: string): string[] {
  const { navigation } = session;
  if (FOR_ANYBODY.test(path)) return [];
  if (!session.signed_in) return [...(session.demo ? ["demo/people/"] : []), "session/directories/"];
  if (session.needs_second_factor || search) return [];
  if (path === "/")
    return managesIn(navigation) ? OF_MANAGER : shownOnHome(navigation).flatMap(({ name }) => OF_PLACE[name] ?? []);
  for (const [pattern, reads] of PAGES) {
    const found = pattern.exec(path);
    if (found) return reads(found[1] ?? "");
  }
  return [];
}
