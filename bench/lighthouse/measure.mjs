/** Lets Lighthouse look at pages of a running Alongside, each some times in turn, and prints what it found as JSON.
 *
 *  Reads from standard input: {address, chromium, sandbox, runs, pages: [{name, person, path, first, heading}]}. `person` is
 *  one of the demonstration's people, or null; `first` is a list of the API whose first record `{id}` in the path stands for.
 *  Prints a line for each page: {name, slowdown, runs: [one look's scores, figures, power of the machine, what it missed]}.
 */
import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";
import * as constants from "lighthouse/core/config/constants.js";
import puppeteer from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FIGURES = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  cls: "cumulative-layout-shift",
  tbt: "total-blocking-time",
  bytes: "total-byte-weight",
};
/** From which power on Lighthouse counts a machine as a fast desk computer, and how much slower a telephone of the middle class
 *  is than such a one, and than one below (Lighthouse's docs/throttling.md). */
const FAST = 1500;
const SLOWER = { fast: 4, other: 2 };
const asked = JSON.parse(readFileSync(0, "utf8"));

/** Runs in the page: comes in as one of the demonstration's people, as the button of the first page does. */
async function comeIn(name) {
  const people = await (await fetch("/api/v1/demo/people/")).json();
  const token = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  const answer = await fetch("/api/v1/demo/sign-in/", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": token.slice(token.indexOf("=") + 1),
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: JSON.stringify({ membership_id: people.results.find((one) => one.name === name).id }),
  });
  return answer.ok;
}

/** A window of its own, in which this person is signed in. */
async function windowOf(browser, person) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(asked.address, { waitUntil: "networkidle0" });
  if (person && !(await page.evaluate(comeIn, person))) throw new Error(`${person} could not sign in`);
  return page;
}

async function addressOf(page, { path, first }) {
  if (!first) return asked.address + path;
  const list = await page.evaluate(async (read) => (await fetch(`/api/v1/${read}`)).json(), first);
  if (!list.results?.length) throw new Error(`nothing in ${first} to open ${path} with`);
  return asked.address + path.replace("{id}", list.results[0].id);
}

/** What Lighthouse finds with nothing kept from the last look. */
async function lookedAt(page, url, slowdown) {
  const link = await page.createCDPSession();
  await link.send("Network.clearBrowserCache");
  await link.detach();
  const throttling = { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier: slowdown };
  const settings = { disableStorageReset: true, onlyCategories: CATEGORIES, throttling };
  const { lhr } = await lighthouse(url, settings, undefined, page);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  return lhr;
}

/** One look; refuses to count another page than the one that was asked for. */
async function look(page, url, heading, slowdown) {
  const lhr = await lookedAt(page, url, slowdown);
  const shown = await page.$eval("h1", (title) => title.textContent);
  if (!new RegExp(heading).test(shown)) throw new Error(`${url} shows “${shown}”, not “${heading}”`);
  const scores = CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
  const figures = Object.entries(FIGURES).map(([name, audit]) => [name, lhr.audits[audit].numericValue]);
  return {
    ...Object.fromEntries([...scores, ...figures]),
    requests: requestsOf(lhr),
    power: lhr.environment.benchmarkIndex,
    missed: missedIn(lhr),
  };
}

const requestsOf = (lhr) => lhr.audits["network-requests"].details.items.length;

/** The audits that cost points, each with where. */
function missedIn(lhr) {
  const weighed = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.map((ref) => ({ name, ...ref })));
  return weighed
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ name, id }) => ({ category: name, id, score: lhr.audits[id].score, at: placesOf(lhr.audits[id]) }));
}

const placesOf = (audit) =>
  (audit.details?.items ?? []).slice(0, 5).map((item) => item.node?.snippet ?? item.url ?? item.description ?? "");

const browser = await puppeteer.launch({
  executablePath: asked.chromium,
  args: ["--disable-background-networking", "--disable-component-update", ...(asked.sandbox ? [] : ["--no-sandbox"])],
});
try {
  // Once for nothing: it tells how fast the machine is, and the server has then done everything once.
  const { environment } = await lookedAt(await windowOf(browser, null), asked.address, SLOWER.fast);
  const slowdown = environment.benchmarkIndex >= FAST ? SLOWER.fast : SLOWER.other;
  for (const one of asked.pages) {
    const page = await windowOf(browser, one.person);
    const url = await addressOf(page, one);
    const runs = [];
    for (let run = 0; run < asked.runs; run += 1) runs.push(await look(page, url, one.heading, slowdown));
    console.log(JSON.stringify({ name: one.name, slowdown, runs }));
    await page.browserContext().close();
  }
} finally {
  await browser.close();
}
