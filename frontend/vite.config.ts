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
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        // Few files of some size instead of many small ones: each request costs more than its bytes on a phone.
        codeSplitting: {
          groups: [
            {
              name: "base",
              // Without what only pages opened later draw: it would be paid for on the first one.
              test: /node_modules|preload-helper|src\/(session|api\/|ui\/(?!fields|filling|family|travelled|timeline|charts|signing)|lib\/(?!answers|action|merging|met\.))/,
              priority: 3,
            },
            {
              name: "fields",
              // What `later` fetches is a file of its own.
              test: /src\/(ui\/fields\/(?!practitioner|readers|service)|lib\/(answers|action)|pages\/act\/(told|changed))/,
              priority: 2,
            },
            {
              // What signs in, on its page and over any other.
              name: "signing",
              test: /src\/(ui\/signing\/(second_step|by_passkey|passkeys|sign_in_form)|signing_in)/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": backend, "/_allauth": backend } },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"] },
});
