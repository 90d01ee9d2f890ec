/** The referrals a person has made, and those they have begun. */
import type { ReferralRow } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { session } from "../../session";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { Drafts, ReferralCards } from "./list";

export default function Mine() {
  const sent = useRows<ReferralRow>("referrals/?view=mine");
  const drafts = useRows<ReferralRow>("referrals/?view=drafts");
  const button = session.value?.can_refer && (
    <a class="govuk-button" href="/referrals/new">
      Make a referral
    </a>
  );
  return (
    <Page title={labelOf("referrals", "My referrals")} aside={button}>
      <Drafts list={drafts} />
      <h2 class="govuk-heading-m">Sent</h2>
      <Listing list={sent} empty={<p>Referrals you send are listed here, with what happens next and by when.</p>}>
        {(rows) => <ReferralCards rows={rows} />}
      </Listing>
    </Page>
  );
}
