/** A failure in words, with what the person can do about it. */
import { ApiError } from "../api/client";
import { explain } from "../lib/explain";

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const closed = error instanceof ApiError && (error.status === 403 || error.status === 404);
  return (
    <div class="app-problem" role="alert">
      {explain(error).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {retry && !closed && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={retry}>
          Try again
        </button>
      )}
      {closed && (
        <p>
          <a href="/">Go to your home page</a>
        </p>
      )}
    </div>
  );
}
