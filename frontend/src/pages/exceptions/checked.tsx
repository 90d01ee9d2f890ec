/** What was looked up of what needs attention, and when: said also where nothing does. */
import type { Attention } from "../../api/types";
import { dateTimeText } from "../../lib/format";

export const openKinds = ({ kinds }: Attention) => kinds.filter(({ count }) => count > 0);

export function Checked({ found }: { found: Attention }) {
  return <p class="app-quiet">Checked {dateTimeText(found.checked_at)}, for your agency only.</p>;
}

export function AllIsWell({ found }: { found: Attention }) {
  return (
    <>
      <p class="govuk-body-l">All is well: nothing is late, and everything has somebody.</p>
      <Checked found={found} />
    </>
  );
}
