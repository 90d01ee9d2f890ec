/** A failure in words, with what the person can do about it. */
import { ApiError } from "../api/client";
import { explain } from "../lib/explain";

interface Props {
  error: unknown;
  retry?: () => void;
  /** Where to go instead. */
  onward?: { href: string; label: string };
}

export function Problem({ error, retry, onward = { href: "/", label: "Go to your home page" } }: Props) {
  const moved = error instanceof ApiError && error.status === 409;
  const closed = error instanceof ApiError && (error.status === 403 || error.status === 404);
  return (
    <div class="app-problem" role="alert">
      {explain(error).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {retry && !closed && !moved && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={retry}>
          Try again
        </button>
      )}
      {(closed || moved) && (
        <p>
          <a href={onward.href}>{onward.label}</a>
        </p>
      )}
    </div>
  );
}
