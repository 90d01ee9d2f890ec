/** Starts the web app. */
import { render } from "preact";
import { App } from "./app";
import { guardDrafts } from "./lib/drafts";
import { explain } from "./lib/explain";
import { loadSession } from "./session";
import "./styles/app.scss";

async function start(root: HTMLElement): Promise<void> {
  try {
    await loadSession();
  } catch (error) {
    root.textContent = explain(error).join(" ");
    return;
  }
  guardDrafts();
  render(<App />, root);
}

const root = document.getElementById("app");
if (root) void start(root);
