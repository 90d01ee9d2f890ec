/** Fails the build when what a person must download grows above the budgets (Brotli, 1 kB = 1,000 bytes). */
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const KB = 1000;
const BUDGETS = { ahead: 1 * KB, entry: 30 * KB, css: 16 * KB, page: 10 * KB, first: 60 * KB };
/** Beside page, styles and app: each is a request, however small it is. */
const MOST_FILES = 12;
const root = new URL("../dist", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(root, ".vite/manifest.json"), "utf8"));
const size = (file) => statSync(join(root, `${file}.br`)).size;

/** The chunks loaded with this one, itself included: what its static imports bring. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

const total = (keys) => [...keys].reduce((sum, key) => sum + size(manifest[key].file), 0);
const entryKey = Object.keys(manifest).find((key) => manifest[key].isEntry);
const entry = closure(entryKey);
const css = [...new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []))];
const pages = manifest[entryKey].dynamicImports;

const rows = [
  ["entry JavaScript", total(entry), BUDGETS.entry],
  ["styles", css.reduce((sum, file) => sum + size(file), 0), BUDGETS.css],
];
for (const page of pages) {
  const own = [...closure(page)].filter((key) => !entry.has(key));
  rows.push([`page ${manifest[page].name}`, total(own), BUDGETS.page]);
}
rows.push(["first signed-in page", rows[0][1] + rows[1][1], BUDGETS.first]);

const ahead = readdirSync(join(root, "assets")).find((name) => /^ahead-.+\.js$/.test(name));
rows.push(["what asks ahead", size(`assets/${ahead}`), BUDGETS.ahead]);

let failed = false;
const told = JSON.parse(readFileSync(join(root, "files.json"), "utf8"));
for (const [address, files] of Object.values(told).flat()) {
  if (files.length <= MOST_FILES) continue;
  failed = true;
  console.log(`OVER  ${files.length} of ${MOST_FILES} files  ${address}`);
}
for (const [name, bytes, budget] of rows) {
  const over = bytes > budget;
  failed ||= over;
  console.log(`${over ? "OVER" : "  ok"}  ${(bytes / KB).toFixed(1).padStart(5)} of ${budget / KB} kB  ${name}`);
}
// The list of files was for this check only and is nothing to serve.
rmSync(join(root, ".vite"), { recursive: true });
if (failed) {
  console.error("The build is larger than the budgets in scripts/budgets.mjs allow.");
  process.exit(1);
}
