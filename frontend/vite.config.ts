/** Builds the web app into dist/, which Django serves; in development passes API calls on to it. */
import { defineConfig } from "vitest/config";

const backend = process.env.ALONGSIDE_BACKEND ?? "http://localhost:8000";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  css: {
    // The design systems carry a few declarations for old browsers that Lightning CSS cannot parse.
    lightningcss: { errorRecovery: true },
    preprocessorOptions: { scss: { loadPaths: ["."], quietDeps: true } },
  },
  build: { target: "es2022", modulePreload: { polyfill: false }, reportCompressedSize: false, manifest: true },
  server: { proxy: { "/api": backend, "/_allauth": backend } },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
});
