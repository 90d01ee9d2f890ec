/** What was shared with whom: for those who answer for the record, opened when they want to know. */
import { useState } from "preact/hooks";
import type { Disclosure, GivenCopies } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";
import type { Withdraw, Withdrawing } from "./withdraw";

interface Props {
  /** The record's own path in the API, such as "referrals/1/". */
  path: string;
  /** Where a consent that was taken back is recorded, and the version it was read at; for those who may. */
  withdraw?: Withdrawing;
}

export function Sharing({ path, withdraw }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="govuk-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">What was shared with whom</span>
      </summary>
      <div class="govuk-details__text">
        {open && <Ledger path={`${path}sharing/`} withdraw={withdraw} />}
        {open && <Copies record={path.split("/")[1] as string} />}
      </div>
    </details>
  );
}

function Ledger({ path, withdraw }: Props) {
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
              <LastDay share={share} />
              {share.can_renew && <RenewLink share={share} record={path.replace("/sharing/", "")} />}
              {share.withdrawn_at && (
                <p>
                  Consent taken back by {share.withdrawn_by}, {dateTimeText(share.withdrawn_at)}.
                </p>
              )}
              {withdraw?.url &&
                share.rests_on_consent &&
                !share.withdrawn_at &&
                !share.has_run_out &&
                !share.renewed_at &&
                path.includes(share.root_id) && (
                  <TakenBack
                    record={path.replace("sharing/", "")}
                    share={share}
                    withdraw={withdraw}
                    onDone={list.reload}
                  />
                )}
            </>
          )}
        </Cards>
      )}
    </Listing>
  );
}

/** Not shares, but they left too: copies that were given to whoever asked for one. */
function Copies({ record }: { record: string }) {
  const copies = useResource<GivenCopies>(`copies-given/${record}/`).data.value?.copies ?? [];
  return (
    <>
      {copies.map(({ id, at, by, from_agency: from, to_whom: whom }) => (
        <p key={id}>
          A copy of the record was given to whoever asked: {lowerFirst(whom)}. {by}, {from}, {dateTimeText(at)}.
        </p>
      ))}
    </>
  );
}

/** How long it lasts; of one that somebody ended before, only that is said. */
function LastDay({ share }: { share: Disclosure }) {
  if (share.withdrawn_at) return null;
  if (share.renewed_at) return <p>Renewed on {dateText(share.renewed_at)}: a later share carries it on.</p>;
  return (
    <>
      {share.is_renewal && <p>This carries an earlier share on.</p>}
      {share.expires_on && !share.has_run_out && <p>This share ends by itself on {dateText(share.expires_on)}.</p>}
      {share.expires_on && share.has_run_out && <p>This share ended on {dateText(share.expires_on)}.</p>}
      {share.has_run_out && share.is_outside && <p>They have no account here: tell them not to use it any more.</p>}
    </>
  );
}

/** To the form that carries it on; it comes back to the record. */
function RenewLink({ share, record }: { share: Disclosure; record: string }) {
  return (
    <p>
      <a href={`/${record}/do/renew_sharing?at=shares&disclosure=${share.id}`}>
        Renew this share<span class="govuk-visually-hidden"> with {share.to_agency}</span>
      </a>
    </p>
  );
}

/** The form comes when it is asked for: hardly anybody who reads a referral needs it. */
function TakenBack(props: Parameters<typeof Withdraw>[0]) {
  const [Form, setForm] = useState<typeof Withdraw | null>(null);
  if (Form) return <Form {...props} />;
  const ask = () => import("./withdraw").then((module) => setForm(() => module.Withdraw));
  return (
    <button type="button" class="govuk-button govuk-button--secondary" onClick={ask}>
      This consent was taken back
    </button>
  );
}
