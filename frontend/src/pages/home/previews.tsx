/** The first few rows of each list, as the home page shows them. */
import type { JSX } from "preact";
import type { CaseRow, ConfirmationRow, InformationRequest, Message, ReferralRow, Transfer } from "../../api/types";
import { useRows } from "../../lib/resource";
import { Listing } from "../../ui/rows";
import { CaseCards, TransferCards } from "../cases/list";
import { ConfirmationCards } from "../confirmations/list";
import { MessageCards } from "../messages/list";
import { DraftCards, ReferralCards } from "../referrals/list";
import { QueueRows } from "../referrals/queue_rows";
import { RequestCards } from "../requests/list";

const FEW = 5;

interface PreviewProps {
  all: { href: string; label: string };
}

type Preview = (props: PreviewProps) => JSX.Element;

function MyReferrals({ all }: PreviewProps) {
  const drafts = useRows<ReferralRow>(`referrals/?view=drafts&page_size=${FEW}`);
  const sent = useRows<ReferralRow>(`referrals/?view=mine&page_size=${FEW}`);
  return (
    <>
      {Boolean(drafts.rows?.length) && <DraftCards rows={drafts.rows ?? []} />}
      <Listing list={sent} all={all} empty={<p>Referrals you send are listed here, with what happens next.</p>}>
        {(rows) => <ReferralCards rows={rows} />}
      </Listing>
    </>
  );
}

function Queue({ all }: PreviewProps) {
  const list = useRows<ReferralRow>(`referrals/?view=queue&page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>Nothing is waiting. Referrals to your agency arrive here.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Offered({ all }: PreviewProps) {
  const list = useRows<ReferralRow>(`referrals/?view=redirected&page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>No other agency is offering yours a referral.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Requests({ all }: PreviewProps) {
  const list = useRows<InformationRequest>(`information-requests/?view=for-me&page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>No agency is waiting for an answer from you.</p>}>
      {(rows) => <RequestCards rows={rows} />}
    </Listing>
  );
}

function Confirmations({ all }: PreviewProps) {
  const list = useRows<ConfirmationRow>(`confirmations/?view=for-me&page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>No decision is waiting for you as the second person.</p>}>
      {(rows) => <ConfirmationCards rows={rows} />}
    </Listing>
  );
}

function Cases({ all }: PreviewProps) {
  const list = useRows<CaseRow>(`cases/?view=mine&page_size=${FEW}`);
  const empty = (
    <p>
      You are not the lead practitioner of a case. <a href="/cases?view=lead">See all that your agency leads</a>
    </p>
  );
  return (
    <Listing list={list} all={all} empty={empty}>
      {(rows) => <CaseCards rows={rows} />}
    </Listing>
  );
}

function Transfers({ all }: PreviewProps) {
  const list = useRows<Transfer>(`transfers/?view=for-me&page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>No agency is asking yours to lead a case.</p>}>
      {(rows) => <TransferCards rows={rows} />}
    </Listing>
  );
}

function Messages({ all }: PreviewProps) {
  const list = useRows<Message>(`messages/?page_size=${FEW}`);
  return (
    <Listing list={list} all={all} empty={<p>Nothing new.</p>}>
      {(rows) => <MessageCards rows={rows} />}
    </Listing>
  );
}

export const PREVIEWS: Record<string, Preview> = {
  referrals: MyReferrals,
  queue: Queue,
  redirected: Offered,
  requests: Requests,
  confirmations: Confirmations,
  cases: Cases,
  transfers: Transfers,
  messages: Messages,
};
