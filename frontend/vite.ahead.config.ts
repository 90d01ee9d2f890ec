/** Builds the little script that runs before the app, whole in itself: what it shared with the app would have to be waited for. */
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/ahead.ts",
      output: { format: "iife", entryFileNames: "assets/ahead-[hash].js" },
    },
  },
});
