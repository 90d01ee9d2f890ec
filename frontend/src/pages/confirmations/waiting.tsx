/** On the page of a record: what waits for a second person, who asked, and what can be done about it. */
import type { Confirmation } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Banner } from "../../ui/banner";
import { Options } from "../../ui/options";
import { SummaryList } from "../../ui/summary";

export function WaitingConfirmation({ confirmation }: { confirmation: Confirmation }) {
  return (
    <Banner title="Waiting for a second person">
      <p class="govuk-notification-banner__heading">{confirmation.label}</p>
      <p>
        Asked by {confirmation.asked_by} on {dateTimeText(confirmation.asked_at)}. {confirmation.why}
      </p>
      <SummaryList rows={confirmation.given_summary} />
      <Options options={confirmation.options} title="What you can do about this" />
    </Banner>
  );
}
