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

const FEW = "page_size=5";
const PATHS = {
  drafts: `referrals/?view=drafts&${FEW}`,
  sent: `referrals/?view=mine&${FEW}`,
  queue: `referrals/?view=queue&${FEW}`,
  redirected: `referrals/?view=redirected&${FEW}`,
  requests: `information-requests/?view=for-me&${FEW}`,
  confirmations: `confirmations/?view=for-me&${FEW}`,
  work: "work/",
  tasks: `tasks/?view=mine&${FEW}`,
  disagreements: `disagreements/?view=to-answer&${FEW}`,
  cases: `cases/?view=mine&${FEW}`,
  transfers: `transfers/?view=for-me&${FEW}`,
  messages: `messages/?${FEW}`,
};

interface PreviewProps {
  all: { href: string; label: string };
}

interface Preview {
  /** What it reads of the API: home is shown when all of it has come. */
  reads: string[];
  Draw: (props: PreviewProps) => JSX.Element;
  /** What few people ever have is not shown while there is nothing of it. */
  isRare?: boolean;
}

function MyReferrals({ all }: PreviewProps) {
  const drafts = useRows<ReferralRow>(PATHS.drafts);
  const sent = useRows<ReferralRow>(PATHS.sent);
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
  const list = useRows<ReferralRow>(PATHS.queue);
  return (
    <Listing list={list} all={all} empty={<p>Nothing is waiting. Referrals to your agency arrive here.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Offered({ all }: PreviewProps) {
  const list = useRows<ReferralRow>(PATHS.redirected);
  return (
    <Listing list={list} all={all} empty={<p>No other agency is offering yours a referral.</p>}>
      {(rows) => <QueueRows rows={rows} small />}
    </Listing>
  );
}

function Requests({ all }: PreviewProps) {
  const list = useRows<InformationRequest>(PATHS.requests);
  return (
    <Listing list={list} all={all} empty={<p>No agency is waiting for an answer from you.</p>}>
      {(rows) => <RequestCards rows={rows} />}
    </Listing>
  );
}

function Confirmations({ all }: PreviewProps) {
  const list = useRows<Confirmation>(PATHS.confirmations);
  return (
    <Listing list={list} all={all} empty={<p>No decision is waiting for you as the second person.</p>}>
      {(rows) => <ConfirmationCards rows={rows} />}
    </Listing>
  );
}

/** What cannot wait; the rest of one's work is behind the link. */
const PRESSING: readonly Part[] = ["overdue", "today", "turning_points"];

function MyWork({ all }: PreviewProps) {
  const resource = useResource<Work>(PATHS.work);
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
  const list = useRows<Task>(PATHS.tasks);
  return (
    <Listing list={list} all={all} empty={<p>Nothing waits for you to do today.</p>}>
      {(rows) => <TaskCards rows={rows} />}
    </Listing>
  );
}

function Disagreements({ all }: PreviewProps) {
  const list = useRows<DisagreementRow>(PATHS.disagreements);
  return (
    <Listing list={list} all={all} empty={<p>No disagreement is waiting for an answer from your agency.</p>}>
      {(rows) => <DisagreementCards rows={rows} />}
    </Listing>
  );
}

function Cases({ all }: PreviewProps) {
  const list = useRows<CaseRow>(PATHS.cases);
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
  const list = useRows<Transfer>(PATHS.transfers);
  return (
    <Listing list={list} all={all} empty={<p>No agency is asking yours to lead a case.</p>}>
      {(rows) => <TransferCards rows={rows} />}
    </Listing>
  );
}

function Messages({ all }: PreviewProps) {
  const list = useRows<Message>(PATHS.messages);
  return (
    <Listing list={list} all={all} empty={<p>Nothing new.</p>}>
      {(rows) => <MessageCards rows={rows} />}
    </Listing>
  );
}

export const PREVIEWS: Record<string, Preview> = {
  referrals: { reads: [PATHS.drafts, PATHS.sent], Draw: MyReferrals },
  queue: { reads: [PATHS.queue], Draw: Queue },
  redirected: { reads: [PATHS.redirected], Draw: Offered },
  requests: { reads: [PATHS.requests], Draw: Requests },
  confirmations: { reads: [PATHS.confirmations], Draw: Confirmations },
  work: { reads: [PATHS.work], Draw: MyWork },
  tasks: { reads: [PATHS.tasks], Draw: Tasks },
  disagreements: { reads: [PATHS.disagreements], Draw: Disagreements, isRare: true },
  cases: { reads: [PATHS.cases], Draw: Cases },
  transfers: { reads: [PATHS.transfers], Draw: Transfers },
  messages: { reads: [PATHS.messages], Draw: Messages },
};
