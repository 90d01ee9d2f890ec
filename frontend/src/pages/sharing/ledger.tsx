/** What was shared with whom: for those who answer for the record, opened when they want to know. */
import { useState } from "preact/hooks";
import type { Disclosure } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";

/** `path` is the record's own in the API, such as "referrals/1/". */
export function Sharing({ path }: { path: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="govuk-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">What was shared with whom</span>
      </summary>
      <div class="govuk-details__text">{open && <Ledger path={`${path}sharing/`} />}</div>
    </details>
  );
}

function Ledger({ path }: { path: string }) {
  const list = useRows<Disclosure>(path);
  return (
    <Listing list={list} empty={<p>Nothing of this has been shared with another agency.</p>}>
      {(rows) => (
        <Cards rows={rows}>
          {(share) => (
            <>
              <p class="app-card__head">
                <strong>{share.what}</strong>
              </p>
              <p>
                From {share.from_agency} to {share.to_agency}. {share.purpose}.
              </p>
              <p class="app-quiet">
                {share.article6_label} · {share.condition_label} · {share.power_label}
              </p>
              <p class="app-quiet">
                {share.by}, {dateTimeText(share.at)}
              </p>
            </>
          )}
        </Cards>
      )}
    </Listing>
  );
}
