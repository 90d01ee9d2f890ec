/** A page that breaks leaves the shell standing, and says so. */
import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { Page } from "./page";

export function Boundary({ children }: { children: ComponentChildren }) {
  const [broken] = useErrorBoundary();
  if (!broken) return <>{children}</>;
  return (
    <Page title="Something went wrong" narrow>
      <p>This page could not be shown. What you typed in a referral is saved.</p>
      <button type="button" class="govuk-button" onClick={() => location.reload()}>
        Load the page again
      </button>
      <p>
        <a href="/" onClick={() => location.assign("/")}>
          Go to your home page
        </a>
      </p>
    </Page>
  );
}
