/** Writes a Brotli copy beside every text file of dist/, so that the server sends it without work. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const TEXT = /\.(js|css|svg|json)$/;
const root = new URL("../dist", import.meta.url).pathname;

for (const name of readdirSync(root, { recursive: true })) {
  // index.html is left out: the server writes the session into it for each person.
  if (!TEXT.test(name) || name.startsWith(".vite")) continue;
  const path = join(root, name);
  const packed = brotliCompressSync(readFileSync(path), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  writeFileSync(`${path}.br`, packed);
}
