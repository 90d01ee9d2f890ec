/** The page of a link that works no more; what to do instead, its caller says. */
import type { ComponentChildren } from "preact";
import { Page } from "./page";

export function DeadLink({ children }: { children: ComponentChildren }) {
  return (
    <Page key="dead" title="This link does not work any more" narrow>
      <p class="govuk-body-l">It may have been used already, have run out, or have been taken back.</p>
      <p>{children}</p>
    </Page>
  );
}
