/** Before a referral is begun: what it is for, what to have at hand, and what to do when there is danger now. */

import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { newKey, post } from "../../api/client";
import type { FrontDoor, Referral, ReferralRow } from "../../api/types";
import { explain } from "../../lib/explain";
import { useRows } from "../../lib/resource";
import { session } from "../../session";
import { Warning } from "../../ui/banner";
import { ErrorSummary } from "../../ui/errors";
import { Page } from "../../ui/page";
import { Phones } from "../../ui/phones";
import { Drafts } from "../referrals/list";

export default function Start() {
  const { route, query } = useLocation();
  // After which closed case: the server says whether that can be, and what comes along.
  const after = query.again;
  const [reasons, setReasons] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const drafts = useRows<ReferralRow>("referrals/?view=drafts");

  const begin = async () => {
    setBusy(true);
    setReasons([]);
    try {
      const referral = await post<Referral>("referrals/", after ? { again_after: after } : {}, key.current);
      route(`/referrals/${referral.id}/draft`);
    } catch (error) {
      setReasons(explain(error));
      setBusy(false);
    }
  };

  return (
    <Page
      title={after ? "Refer again" : "Make a referral"}
      back={after ? { href: `/cases/${after}`, label: "The case" } : { href: "/", label: "Home" }}
      hasErrors={reasons.length > 0}
      narrow
    >
      {reasons.length > 0 && <ErrorSummary reasons={reasons} />}
      <p class="govuk-body-l">
        {after
          ? "Refer a child again whose case is closed. Who the child is comes along; you say what is the matter now."
          : "Ask for help for a child or a family before harm happens."}
      </p>
      <Danger contact={session.value?.partnership?.front_door ?? null} />
      <WhatYouNeed />
      <button type="button" class="govuk-button" disabled={busy || !session.value?.can_refer} onClick={begin}>
        {busy ? "Starting…" : "Start now"}
      </button>
      <Drafts list={drafts} />
    </Page>
  );
}

function WhatYouNeed() {
  return (
    <>
      <h2 class="govuk-heading-m">What you will need</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>the child's name and, if you know them, date of birth, address and school</li>
        <li>what you have seen or been told, and by whom</li>
        <li>what is going well</li>
        <li>the child's own words, or why you could not ask</li>
        <li>whether the family knows about this referral and agrees to it</li>
      </ul>
      <p>
        It takes about ten minutes. What you type is saved as you go, so you can stop and come back, here or on another
        device. If you do not know something, you can say so.
      </p>
    </>
  );
}

function Danger({ contact }: { contact: FrontDoor | null }) {
  const phones = contact
    ? [
        { label: contact.name, number: contact.phone },
        { label: contact.out_of_hours_name || "Outside office hours", number: contact.out_of_hours_phone },
      ].filter(({ number }) => number)
    : [];
  return (
    <div class="app-danger">
      <Warning>If a child is in danger now, call 999 first.</Warning>
      {phones.length > 0 && <p>If a child may be harmed today, call. Do not wait for this form.</p>}
      <Phones phones={phones} />
      {contact?.hours_text && <p>{contact.hours_text}</p>}
    </div>
  );
}
