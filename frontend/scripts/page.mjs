/** After the build: writes into the page what runs before the app, and beside it which files each address needs besides. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const dist = join(root, "dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const app = readFileSync(join(root, "src/app.tsx"), "utf8");

/** The files that a chunk needs, itself included. */
function filesOf(key, seen = new Set()) {
  if (seen.has(manifest[key].file)) return seen;
  seen.add(manifest[key].file);
  for (const next of manifest[key].imports ?? []) filesOf(next, seen);
  return seen;
}

const entry = filesOf("index.html");

/** What an address's page needs beside the app itself; nothing where it comes with the app, or with several pages. */
function besides(component) {
  const [, path] = new RegExp(`const ${component} = lazy\\(\\(\\) => import\\("\\./(.+?)"\\)`).exec(app) ?? [];
  const key = `src/${path}.tsx`;
  return key in manifest ? [...filesOf(key)].filter((file) => !entry.has(file)) : [];
}

const patternOf = (route) => `^${route.replaceAll(/:\w+/g, "[^/]+")}/?$`;
const routes = [...app.matchAll(/<Route path="(.+?)" component={(\w+)} \/>/g)];
const files = {
  // In this order: the first that fits is the page.
  signed_in: routes.map(([, route, component]) => [patternOf(route), besides(component)]),
  anybody: [
    ["^/status/?$", besides("Status")],
    ["^/privacy/?$", besides("Privacy")],
    ["^/(?:set-password|forgotten|directory)/?$", besides("Outside")],
  ],
  signed_out: [["", besides("SignIn")]],
};
const unknown = files.signed_in.filter(([, of]) => of.length === 0).length;
if (files.signed_in.length < 50 || unknown > 5) {
  throw new Error("src/app.tsx names its pages in another way than scripts/page.mjs reads them");
}
writeFileSync(join(dist, "files.json"), JSON.stringify(files));

const ahead = readdirSync(join(dist, "assets")).find((name) => /^ahead-.+\.js$/.test(name));
const page = readFileSync(join(dist, "index.html"), "utf8");
// Before the app, which waits its turn behind it; and after the session that it reads.
writeFileSync(join(dist, "index.html"), page.replace("<!--ahead-->", `<script defer src="/assets/${ahead}"></script>`));
