/** On the page of a record: what waits for a second person, who asked, and what can be done about it. */
import type { Confirmation } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Banner } from "../../ui/banner";
import { Options } from "../../ui/options";
import { SummaryList } from "../../ui/summary";

interface Props {
  confirmation: Confirmation;
  /** Where to return to after an answer, when that is not the page of the question. */
  back?: string;
}

export function WaitingConfirmation({ confirmation, back }: Props) {
  return (
    <Banner title="Waiting for a second person">
      <p class="govuk-notification-banner__heading">{confirmation.label}</p>
      <p>
        Asked by {confirmation.asked_by} on {dateTimeText(confirmation.asked_at)}. {confirmation.why}
      </p>
      {confirmation.due_at && (
        <p>
          A manager has until {dateTimeText(confirmation.due_at)} to answer. Nothing changes before that; other work
          goes on.
        </p>
      )}
      <SummaryList rows={confirmation.given_summary} />
      <Options options={confirmation.options} title="What you can do about this" back={back} />
    </Banner>
  );
}
