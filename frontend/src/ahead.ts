/** Runs before the app has arrived: asks the API at once for what the page will need first. Built on its own, to be small. */
import { askEarly } from "./api/asking";
import type { Session } from "./api/types";
import { firstReads } from "./lib/first_reads";

const told = document.getElementById("session")?.textContent;
if (told) {
  const session = JSON.parse(told) as Session;
  askEarly(firstReads(session, location.pathname, location.search), session.membership?.id ?? "");
}
