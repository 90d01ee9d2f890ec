/** Referrals as cards: where each one is, what happens next and by when. */
import type { ReferralRow } from "../../api/types";
import { byWhen, dateTimeText, nameAndAge } from "../../lib/format";
import { now } from "../../lib/now";
import type { Rows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import { StateTag, UrgentTag } from "../../ui/status";

export function ReferralCards({ rows }: { rows: ReferralRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/referrals/${row.id}`}>
              {row.reference}
            </a>
            <StateTag label={row.state_label} />
            <UrgentTag urgent={row.is_urgent} />
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          {row.next_step && (
            <p>
              {row.holder && `With ${row.holder.name}. `}
              Next: {row.next_step}
              {row.next_due_at && `, by ${byWhen(row.next_due_at, now.value)}`}
            </p>
          )}
          {row.submitted_at && <p class="app-quiet">Sent {dateTimeText(row.submitted_at)}</p>}
        </>
      )}
    </Cards>
  );
}

export function DraftCards({ rows }: { rows: ReferralRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/referrals/${row.id}/draft`}>
              {row.reference}
            </a>
            <StateTag label={row.state_label} />
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          <p class="app-quiet">Begun {dateTimeText(row.created_at)}</p>
        </>
      )}
    </Cards>
  );
}

/** Drafts are shown only when there are any: nobody needs to hear that they have begun nothing. */
export function Drafts({ list }: { list: Rows<ReferralRow> }) {
  if (!list.rows?.length) return null;
  return (
    <section class="app-section" aria-labelledby="drafts">
      <h2 class="govuk-heading-m" id="drafts">
        Not sent yet
      </h2>
      <Listing list={list} empty={null}>
        {(rows) => <DraftCards rows={rows} />}
      </Listing>
    </section>
  );
}
