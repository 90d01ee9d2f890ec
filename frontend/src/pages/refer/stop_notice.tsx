/** Reminds, on every page of a referral about a child in danger, that the call comes first. */
import type { Stop } from "../../api/types";
import { Banner } from "../../ui/banner";
import { Phones } from "../../ui/phones";

export function StopNotice({ stop }: { stop: Stop }) {
  return (
    <Banner title="Call first">
      <p class="govuk-notification-banner__heading">{stop.title}</p>
      <Phones phones={stop.phones} />
    </Banner>
  );
}
