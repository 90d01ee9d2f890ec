/**
 * Who may see a case, or a referral that is no case yet: who is named on its seal, since when, by whom and why; or who
 * sees it, where it is not sealed.
 */
import type { CaseSeal } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Banner } from "../../ui/banner";
import { Page } from "../../ui/page";
import { Present } from "../../ui/present";
import { type Column, Table } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { WaitingConfirmation } from "../confirmations/waiting";
import { Sections } from "./sections";
import { Ways } from "./ways";

/** What the words say of the two kinds of record that can be sealed. */
const KINDS = {
  case: {
    noun: "case",
    api: "seals",
    pages: "/cases",
    decides: "A manager of the agency that leads decides this.",
    sees: "Who reads it, or what the team shares",
  },
  referral: {
    noun: "referral",
    api: "referral-seals",
    pages: "/referrals",
    decides: "Whoever decides about the referral decides this; of what has become a case, the case says it.",
    sees: "Who decides about it",
  },
};
type Kind = (typeof KINDS)[keyof typeof KINDS];

export default function SealRoute({ params }: { params: { id: string } }) {
  return <SealPage key={params.id} id={params.id} kind={KINDS.case} />;
}

export function ReferralSealRoute({ params }: { params: { id: string } }) {
  return <SealPage key={params.id} id={params.id} kind={KINDS.referral} />;
}

type Named = CaseSeal["named"][number];
type Sees = CaseSeal["sees"][number];

const COLUMNS: Column<Named>[] = [
  { label: "Name", cell: (row) => row.name },
  { label: "Where they work", cell: place },
  { label: "Since", cell: (row) => (row.at ? dateTimeText(row.at) : "It was sealed") },
  { label: "Named by", cell: (row) => row.by || "The record says" },
  { label: "Why", cell: (row) => row.why || "The record says" },
];
const SEES: Column<Sees>[] = [
  { label: "Name", cell: (row) => row.name },
  { label: "Where they work", cell: ({ role, agency }) => `${role}, ${agency}` },
];

function place({ role, agency, has_left: hasLeft }: Named): string {
  return hasLeft ? "Works here no more" : `${role}, ${agency}`;
}

function SealPage({ id, kind }: { id: string; kind: Kind }) {
  const resource = useResource<CaseSeal>(`${kind.api}/${id}/`);
  const seal = resource.data.value;
  const record = `${kind.pages}/${id}`;
  const named = kind.noun === "case" ? "Case" : "Referral";
  return (
    <Page
      title={`Who may see this ${kind.noun}`}
      caption={seal ? `${named} ${seal.reference}` : named}
      back={
        seal?.is_unread
          ? { href: "/sealing", label: "Who may see a record" }
          : { href: record, label: `The ${kind.noun}` }
      }
      error={resource.error.value}
      retry={resource.load}
      ready={seal !== null}
      aside={seal && <StateTag label={seal.state_label} />}
    >
      {seal?.is_unread === false && (kind.noun === "case" ? <Sections id={id} current="" /> : <Present root={id} />)}
      {seal && <Body seal={seal} kind={kind} back={`${record}/seal`} />}
    </Page>
  );
}

interface Shown {
  seal: CaseSeal;
  kind: Kind;
}

function Body({ seal, kind, back }: Shown & { back: string }) {
  return (
    <>
      {seal.confirmation && <WaitingConfirmation confirmation={seal.confirmation} back={back} />}
      {seal.is_unread && <Unread kind={kind} />}
      {seal.warning && (
        <Banner title="Needs attention">
          <p class="govuk-notification-banner__heading">{seal.warning}</p>
        </Banner>
      )}
      <div class="app-record">
        <aside class="app-record__aside" aria-label="What you can do">
          <Ways label={`Who may see this ${kind.noun}`} options={seal.options} back={back} at="" />
          {seal.options.length === 0 && !seal.confirmation && <p class="app-quiet">{kind.decides}</p>}
        </aside>
        <div class="app-record__main">
          {seal.is_sealed ? <Sealed seal={seal} kind={kind} /> : <Open seal={seal} kind={kind} />}
        </div>
      </div>
    </>
  );
}

/** Said to whoever asks for information governance. */
function Unread({ kind }: { kind: Kind }) {
  return (
    <p>
      You ask for information governance and read nothing of this {kind.noun}. A manager who does is asked as the second
      person: nothing changes before they agree. You are named with them, so that the seal can be found by you later.
    </p>
  );
}

function Sealed({ seal, kind }: Shown) {
  return (
    <>
      <p>Only those who are named find this {kind.noun}. To everybody else it is as if there were none.</p>
      <Table caption="Who is named" columns={COLUMNS} rows={seal.named} />
    </>
  );
}

function Open({ seal, kind }: Shown) {
  return (
    <>
      <p>This {kind.noun} is not sealed: whoever works with it sees what their place in it lets them see.</p>
      <Table caption={kind.sees} columns={SEES} rows={seal.sees} />
      <h2 class="govuk-heading-m">Agencies that see something of the child, such as the referral they made</h2>
      <ul class="govuk-list govuk-list--bullet">
        {seal.agencies.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <p class="app-quiet">If it is sealed, each of these sees nothing of it any more, unless they are named.</p>
    </>
  );
}
