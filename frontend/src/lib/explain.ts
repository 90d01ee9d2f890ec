/** What to tell a person when a call failed: one sentence that says what happened and what they can do. */
import { ApiError } from "../api/client";

const OFFLINE = "We could not reach Alongside. Check your connection. Nothing you typed is lost.";

const SENTENCES: Record<number, string> = {
  0: OFFLINE,
  401: "You are signed out. Sign in again to go on.",
  403: "You do not have access to this. If you think you should, ask your agency's manager.",
  404: "This does not exist, or it is not shared with you.",
  413: "That is too much text to send at once. Shorten it and try again.",
  503: "Alongside is busy or being mended. Try again in a minute. Nothing you typed is lost.",
};

function throttled(seconds: number | null): string {
  if (!seconds) return "You have made many requests in a short time. Wait a minute, then try again.";
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `You have made many requests in a short time. Try again in ${wait}.`;
}

export function explain(error: unknown): string[] {
  if (!(error instanceof ApiError)) return ["Something went wrong on this page. Reload it and try again."];
  if (error.reasons.length > 0) return error.reasons;
  if (error.status === 429) return [throttled(error.retryAfterSeconds)];
  const known = SENTENCES[error.status];
  if (known) return [known];
  return [error.status >= 500 ? "Something went wrong at our end. Try again in a minute." : "This could not be done."];
}
