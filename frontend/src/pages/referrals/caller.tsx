/** Somebody without an account who raised the referral: how they are reached safely, and the links they got. */
import { useEffect } from "preact/hooks";
import type { StatusLink, TellingCaller } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { givenLink } from "../../lib/given_link";
import { Banner } from "../../ui/banner";
import { Copy } from "../../ui/copy";
import { SummaryList } from "../../ui/summary";
import { Section } from "./content";

export function Caller({ telling }: { telling: TellingCaller | null }) {
  if (!telling) return null;
  return (
    <Section id="caller" title="Whoever raised this">
      <SafeWays caller={telling.caller} />
      {telling.links.length > 0 && <Links links={telling.links} />}
    </Section>
  );
}

function SafeWays({ caller }: { caller: TellingCaller["caller"] }) {
  return (
    <SummaryList
      rows={[
        { label: "Wants to hear", value: caller.feedback_label },
        { label: "Reached by", value: caller.reach },
        { label: "Safe way to reach them", value: caller.rule_label },
        { label: "Not now", value: caller.refusals },
      ]}
    />
  );
}

/** The link that was just made, first on the page; once the page is left it is shown to nobody again. */
export function HandOver({ id, telling }: { id: string; telling: TellingCaller | null }) {
  useEffect(
    () => () => {
      givenLink.value = null;
    },
    [],
  );
  const given = givenLink.value;
  if (!telling || given?.referral !== id) return null;
  return (
    <Banner title="Give them this link">
      <p class="govuk-notification-banner__heading">You see it only now</p>
      <p>It works once, until {dateTimeText(given.expiresAt)}. Hand it over only in the way that is safe for them:</p>
      <SafeWays caller={telling.caller} />
      <label class="govuk-label" for="given-link">
        Link to the status
      </label>
      <input
        class="govuk-input"
        id="given-link"
        readOnly
        autocomplete="off"
        value={given.address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="govuk-button-group app-copy">
        <Copy text={given.address} label="Copy the link" />
      </div>
    </Banner>
  );
}

function Links({ links }: { links: StatusLink[] }) {
  return (
    <>
      <h3 class="govuk-heading-s">Links to the status</h3>
      <ul class="govuk-list govuk-list--bullet">
        {links.map((link) => (
          <li key={link.id}>
            {link.state_label}
            {link.used_at && ` ${dateTimeText(link.used_at)}`}
            <span class="app-quiet app-block">
              {link.is_emailed ? "By email" : "Handed over"}, made by {link.made_by} {dateTimeText(link.made_at)}, works
              until {dateTimeText(link.expires_at)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
