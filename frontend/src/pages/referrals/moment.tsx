/** A critical moment that led to a referral, and how long ago it was: help is most likely to be taken soon after it. */
import type { ReferralRow } from "../../api/types";
import { ago, lowerFirst } from "../../lib/format";
import { now } from "../../lib/now";

export function ReachableMoment({ moment }: { moment: ReferralRow["moment"] }) {
  if (!moment) return null;
  return (
    <strong class="app-block">
      Reachable moment: {lowerFirst(moment.label)}, {ago(moment.at, now.value)}
    </strong>
  );
}
