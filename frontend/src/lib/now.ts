/** The present, moved on each half minute, so that clocks on a page stay true. */
import { signal } from "@preact/signals";

const STEP_MS = 30_000;

export const now = signal(new Date());

setInterval(() => {
  now.value = new Date();
}, STEP_MS);
