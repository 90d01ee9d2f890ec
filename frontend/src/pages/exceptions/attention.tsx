/** What needs this manager's attention: each number leads to its list, and nothing at all is said to be well. */
import { useLocation } from "preact-iso/router";
import type { Attention, Exception } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { RecordRows } from "./record_rows";

const TITLE = "Needs attention";

export default function AttentionRoute() {
  const { query } = useLocation();
  return query.kind ? <ListPage key={query.kind} kind={query.kind} /> : <CountsPage />;
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
  const open = found.kinds.filter(({ count }) => count > 0);
  const checked = <p class="app-quiet">Checked {dateTimeText(found.checked_at)}, for your agency only.</p>;
  if (open.length === 0 && found.undelivered === 0) {
    return (
      <>
        <p class="govuk-body-l">All is well: nothing is late, and everything has somebody.</p>
        {checked}
      </>
    );
  }
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
          </li>
        ))}
      </ul>
      {found.undelivered > 0 && (
        <p>
          Messages that could not be delivered: {found.undelivered > 50 ? "50+" : found.undelivered}. Tell whoever runs
          Alongside for you.
        </p>
      )}
      {checked}
    </>
  );
}

function ListPage({ kind }: { kind: string }) {
  const counts = useResource<Attention>("exceptions/");
  const list = useRows<Exception>(`exceptions/list/?kind=${encodeURIComponent(kind)}`);
  const about = counts.data.value?.kinds.find((one) => one.kind === kind);
  return (
    <Page title={about?.label ?? TITLE} back={{ href: "/attention", label: labelOf("attention", TITLE) }}>
      {about && <p class="govuk-body-l">{about.hint}</p>}
      <RecordRows list={list} />
    </Page>
  );
}
