/** The first few rows of each list, as the home page shows them. */
import type { JSX } from "preact";
import type {
  CaseRow,
  Confirmation,
  DisagreementRow,
  InformationRequest,
  Message,
  ReferralRow,
  Task,
  Transfer,
  Work,
} from "../../api/types";
import { BEGINNINGS } from "../../lib/first_reads";
import { useResource, useRows } from "../../lib/resource";
import { Loading } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { Listing } from "../../ui/rows";
import { CaseCards, TransferCards } from "../cases/list";
import { ConfirmationCards } from "../confirmations/list";
import { DisagreementCards } from "../disagreements/list";
import { MessageCards } from "../messages/list";
import { DraftCards, ReferralCards } from "../referrals/list";
import { QueueRows } from "../referrals/queue_rows";
import { RequestCards } from "../requests/list";
import { TaskCards } from "../tasks/list";
import { type Part, WorkParts } from "../work/list";

interface PreviewProps {
  all: { href: string; label: string };
}

interface Preview {
  Draw: (props: PreviewProps) => JSX.Element;
  /** What few people ever have is not shown while there is nothing of it. */
  isRare?: boolean;
}

function MyReferrals({ all }: PreviewProps) {
  const drafts = useRows<ReferralRow>(BEGINNINGS.drafts);
  const sent = useRows<ReferralRow>(BEGINNINGS.sent);
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
  const list = useRows<ReferralRow>(BEGINNINGS.queue);
  return (
    <Listing list={list} all={all} empty={<p>Nothing is waiting. Referrals to your agency arrive here.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Offered({ all }: PreviewProps) {
  const list = useRows<ReferralRow>(BEGINNINGS.redirected);
  return (
    <Listing list={list} all={all} empty={<p>No other agency is offering yours a referral.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Requests({ all }: PreviewProps) {
  const list = useRows<InformationRequest>(BEGINNINGS.requests);
  return (
    <Listing list={list} all={all} empty={<p>No agency is waiting for an answer from you.</p>}>
      {(rows) => <RequestCards rows={rows} />}
    </Listing>
  );
}

function Confirmations({ all }: PreviewProps) {
  const list = useRows<Confirmation>(BEGINNINGS.confirmations);
  return (
    <Listing list={list} all={all} empty={<p>No decision is waiting for you as the second person.</p>}>
      {(rows) => <ConfirmationCards rows={rows} />}
    </Listing>
  );
}

/** What cannot wait; the rest of one's work is behind the link. */
const PRESSING: readonly Part[] = ["overdue", "today", "turning_points"];

function MyWork({ all }: PreviewProps) {
  const resource = useResource<Work>(BEGINNINGS.work);
  const work = resource.data.value;
  if (!work) return resource.error.value ? <Problem error={resource.error.value} retry={resource.load} /> : <Loading />;
  return (
    <>
      <WorkParts work={work} parts={PRESSING} level={3} most={5} />
      <a href={all.href}>{all.label}</a>
    </>
  );
}

function Tasks({ all }: PreviewProps) {
  const list = useRows<Task>(BEGINNINGS.tasks);
  return (
    <Listing list={list} all={all} empty={<p>Nothing waits for you to do today.</p>}>
      {(rows) => <TaskCards rows={rows} />}
    </Listing>
  );
}

function Disagreements({ all }: PreviewProps) {
  const list = useRows<DisagreementRow>(BEGINNINGS.disagreements);
  return (
    <Listing list={list} all={all} empty={<p>No disagreement is waiting for an answer from your agency.</p>}>
      {(rows) => <DisagreementCards rows={rows} />}
    </Listing>
  );
}

function Cases({ all }: PreviewProps) {
  const list = useRows<CaseRow>(BEGINNINGS.cases);
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
  const list = useRows<Transfer>(BEGINNINGS.transfers);
  return (
    <Listing list={list} all={all} empty={<p>No agency is asking yours to lead a case.</p>}>
      {(rows) => <TransferCards rows={rows} />}
    </Listing>
  );
}

function Messages({ all }: PreviewProps) {
  const list = useRows<Message>(BEGINNINGS.messages);
  return (
    <Listing list={list} all={all} empty={<p>Nothing new.</p>}>
      {(rows) => <MessageCards rows={rows} />}
    </Listing>
  );
}

export const PREVIEWS: Record<string, Preview> = {
  referrals: { Draw: MyReferrals },
  queue: { Draw: Queue },
  redirected: { Draw: Offered },
  requests: { Draw: Requests },
  confirmations: { Draw: Confirmations },
  work: { Draw: MyWork },
  tasks: { Draw: Tasks },
  disagreements: { Draw: Disagreements, isRare: true },
  cases: { Draw: Cases },
  transfers: { Draw: Transfers },
  messages: { Draw: Messages },
};
