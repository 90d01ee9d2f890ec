/** How a referral stands, for whoever holds a link and has no account: shown once, when they press the button. */
import { useState } from "preact/hooks";
import { ApiError, send } from "../../api/client";
import type { PublicStatus } from "../../api/types";
import { explain } from "../../lib/explain";
import { dateTimeText } from "../../lib/format";
import { takeToken } from "../../lib/link_token";
import { DeadLink } from "../../ui/dead_link";
import { Page } from "../../ui/page";
import { Phones } from "../../ui/phones";
import { SummaryList } from "../../ui/summary";

export default function Status() {
  const [token] = useState(takeToken);
  const [status, setStatus] = useState<PublicStatus | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const show = async () => {
    setBusy(true);
    setFailed(null);
    try {
      setStatus(await send<PublicStatus>("POST", "status/", { body: { token }, reauthenticate: false }));
    } catch (error) {
      setFailed(error);
    } finally {
      setBusy(false);
    }
  };

  if (status) return <Shown status={status} />;
  const isDead = !token || (failed instanceof ApiError && failed.status === 404);
  if (isDead) return <Dead />;
  return (
    <Page title="See how it stands" narrow>
      <p class="govuk-body-l">You told somebody that you are worried about a child, and asked to hear back.</p>
      <p>
        This link works once. Press the button when you are ready to read, in a place where nobody else can see your
        screen.
      </p>
      {failed !== null && (
        <div role="alert" class="govuk-inset-text">
          {explain(failed).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <button type="button" class="govuk-button" disabled={busy} onClick={show}>
        {busy ? "One moment…" : "Show how it stands"}
      </button>
      <AboutPrivacy />
    </Page>
  );
}

/** In a window of its own: what stands here is shown once. */
function AboutPrivacy() {
  return (
    <p>
      <a class="govuk-link" href="/privacy" target="_blank" rel="noopener">
        What we hold about a family, and who sees it (opens in a new tab)
      </a>
    </p>
  );
}

function Dead() {
  return (
    <DeadLink>
      A link works once. Ring whoever gave it to you and say the reference you were given: they can tell you how it
      stands, or give you another link. If you still have the message, open the link in it again.
    </DeadLink>
  );
}

function Shown({ status }: { status: PublicStatus }) {
  const phones = [
    { label: status.holder, number: status.phone },
    { label: "Out of hours", number: status.out_of_hours_phone },
  ].filter(({ number }) => number);
  return (
    <Page key="shown" title="How it stands" caption={`Reference ${status.reference}`} narrow>
      <p class="govuk-body-l">{status.sentence}</p>
      <SummaryList
        rows={[
          { label: "Who has it", value: status.holder },
          { label: "What happens next", value: status.next_step },
          { label: "By when", value: dateTimeText(status.next_due_at) },
          { label: "Received", value: dateTimeText(status.received_at) },
          { label: "Decided", value: dateTimeText(status.decided_at) },
        ]}
      />
      {status.outcome && (
        <section aria-labelledby="outcome">
          <h2 class="govuk-heading-m" id="outcome">
            What was decided
          </h2>
          {status.outcome
            .split("\n")
            .filter(Boolean)
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
        </section>
      )}
      <section aria-labelledby="more">
        <h2 class="govuk-heading-m" id="more">
          If you are worried, or want to hear more
        </h2>
        <p>Ring them and say the reference {status.reference}. They may not be able to tell you everything.</p>
        <Phones phones={phones} />
        <p>This page is shown only now. Note down what you need before you close it.</p>
        <AboutPrivacy />
      </section>
    </Page>
  );
}
