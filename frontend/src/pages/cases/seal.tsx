/** Who may see a case: who is named on its seal, since when, by whom and why; or who sees it, where it is not sealed. */
import type { CaseSeal } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Banner } from "../../ui/banner";
import { Page } from "../../ui/page";
import { type Column, Table } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { WaitingConfirmation } from "../confirmations/waiting";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function SealRoute({ params }: { params: { id: string } }) {
  return <SealPage key={params.id} id={params.id} />;
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

function SealPage({ id }: { id: string }) {
  const resource = useResource<CaseSeal>(`seals/${id}/`);
  const seal = resource.data.value;
  return (
    <Page
      title="Who may see this case"
      caption={seal ? `Case ${seal.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={seal !== null}
      aside={seal && <StateTag label={seal.state_label} />}
    >
      <Sections id={id} current="" />
      {seal && <Body seal={seal} back={`/cases/${id}/seal`} />}
    </Page>
  );
}

function Body({ seal, back }: { seal: CaseSeal; back: string }) {
  return (
    <>
      {seal.confirmation && <WaitingConfirmation confirmation={seal.confirmation} back={back} />}
      {seal.warning && (
        <Banner title="Needs attention">
          <p class="govuk-notification-banner__heading">{seal.warning}</p>
        </Banner>
      )}
      <div class="app-record">
        <aside class="app-record__aside" aria-label="What you can do">
          <Ways label="Who may see this case" options={seal.options} back={back} at="" />
          {seal.options.length === 0 && <p class="app-quiet">A manager of the agency that leads decides this.</p>}
        </aside>
        <div class="app-record__main">{seal.is_sealed ? <Sealed seal={seal} /> : <Open seal={seal} />}</div>
      </div>
    </>
  );
}

function Sealed({ seal }: { seal: CaseSeal }) {
  return (
    <>
      <p>Only those who are named find this case. To everybody else it is as if there were none.</p>
      <Table caption="Who is named" columns={COLUMNS} rows={seal.named} />
    </>
  );
}

function Open({ seal }: { seal: CaseSeal }) {
  return (
    <>
      <p>This case is not sealed: whoever works with it sees what their place in it lets them see.</p>
      <Table caption="Who reads it, or what the team shares" columns={SEES} rows={seal.sees} />
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
