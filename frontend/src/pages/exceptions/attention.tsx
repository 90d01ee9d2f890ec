/** What needs this manager's attention: each number leads to its list, and nothing at all is said to be well. */
import { useLocation } from "preact-iso/router";
import type { Attention, Exception } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { ExportLink } from "../exports/link";
import { KeepThis } from "../saved/saved";
import { AllIsWell, Checked, openKinds } from "./checked";
import { RecordRows } from "./record_rows";

const TITLE = "Needs attention";

export default function AttentionRoute() {
  const { query } = useLocation();
  const { kind, clock } = query;
  return kind ? <ListPage key={`${kind} ${clock}`} kind={kind} clock={clock} /> : <CountsPage />;
}

function CountsPage() {
  const resource = useResource<Attention>("exceptions/");
  const found = resource.data.value;
  return (
    <Page title={labelOf("attention", TITLE)} error={resource.error.value} retry={resource.load} ready={found !== null}>
      {found && <Counts found={found} />}
    </Page>
  );
}

function Counts({ found }: { found: Attention }) {
  const open = openKinds(found);
  if (open.length === 0 && found.undelivered === 0) return <AllIsWell found={found} />;
  return (
    <>
      <ul class="app-cards">
        {open.map((kind) => (
          <li class="app-card" key={kind.kind}>
            <p class="app-card__head">
              <a class="app-card__link" href={`/attention?kind=${kind.kind}`}>
                {kind.label}
              </a>
              <strong class="govuk-tag govuk-tag--yellow app-tag">
                {kind.count}
                {kind.is_more && "+"}
              </strong>
            </p>
            <p class="app-quiet">{kind.hint}</p>
            <Parts kind={kind} />
          </li>
        ))}
      </ul>
      {found.undelivered > 0 && (
        <p>
          Messages that could not be delivered: {found.undelivered > 50 ? "50+" : found.undelivered}. Tell whoever runs
          Alongside for you.
        </p>
      )}
      <Checked found={found} />
    </>
  );
}

/** Missed clocks by what was promised: each with a list of its own. */
function Parts({ kind: { kind, parts } }: { kind: Attention["kinds"][number] }) {
  if (parts.length === 0) return null;
  return (
    <ul class="govuk-list app-links">
      {parts.map(({ code, label, count }) => (
        <li key={code}>
          <a href={`/attention?${new URLSearchParams({ kind, clock: code })}`}>
            {label}: {count}
          </a>
        </li>
      ))}
    </ul>
  );
}

function ListPage({ kind, clock }: { kind: string; clock?: string }) {
  const counts = useResource<Attention>("exceptions/");
  const query = new URLSearchParams({ kind, ...(clock && { clock }) });
  const list = useRows<Exception>(`exceptions/list/?${query}`);
  const about = counts.data.value?.kinds.find((one) => one.kind === kind);
  const part = about?.parts.find(({ code }) => code === clock);
  return (
    <Page
      title={about ? [about.label, part?.label].filter(Boolean).join(": ") : TITLE}
      back={{ href: "/attention", label: labelOf("attention", TITLE) }}
    >
      {about && <p class="govuk-body-l">{about.hint}</p>}
      {!clock && <ExportLink list="attention" filters={new URLSearchParams({ kind })} />}
      <RecordRows list={list} />
      <KeepThis />
    </Page>
  );
}
