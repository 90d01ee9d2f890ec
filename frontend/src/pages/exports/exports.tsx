/** One's exports: how far each is while it is made, the file while it is there, and what became of the others. */
import { useEffect, useState } from "preact/hooks";
import { get, newKey, post } from "../../api/client";
import type { Export, ExportOffers, ExportRepeat } from "../../api/types";
import { explain } from "../../lib/explain";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Failures } from "../../ui/failures";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";

const LOOK_AGAIN_MS = 3000;

export default function Exports() {
  const list = useRows<Export>("exports/");
  const { reload } = list;
  const waits = list.rows?.some(({ is_unfinished }) => is_unfinished) ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, reload]);
  const empty = (
    <p>
      There are none. On a list of referrals, cases or figures choose “Export this list”: the file is made while you go
      on, and you find it here.
    </p>
  );
  const offers = useResource<ExportOffers>("exports/offers/");
  return (
    <Page title={labelOf("exports", "Exports")}>
      <p>
        Each file is here for 7 days, for you alone. A file about children is a record of them: keep it as safe as this
        service, and delete it when you are done.
      </p>
      <Listing list={list} empty={empty}>
        {(rows) => <Cards rows={rows}>{(row) => <One row={row} onChange={reload} />}</Cards>}
      </Listing>
      <Repeats />
      {offers.data.value && <Offers {...offers.data.value} />}
    </Page>
  );
}

/** What is made again by itself, for as long as one wants it. */
function Repeats() {
  const list = useRows<ExportRepeat>("exports/repeats/");
  if (!list.rows || list.rows.length === 0) return null;
  return (
    <section aria-labelledby="repeats">
      <h2 class="govuk-heading-m" id="repeats">
        Made again by itself
      </h2>
      <Cards rows={list.rows}>{(row) => <Again row={row} onChange={list.reload} />}</Cards>
    </section>
  );
}

interface AgainProps {
  row: ExportRepeat;
  onChange: () => Promise<void>;
}

function Again({ row, onChange }: AgainProps) {
  const [failure, setFailure] = useState<string[]>([]);
  const stop = async () => {
    try {
      await post(`exports/repeats/${row.id}/stop/`, {}, newKey());
      await onChange();
    } catch (error) {
      setFailure(explain(error));
    }
  };
  return (
    <>
      <p class="app-card__head">
        <strong>{row.title}</strong>
        <StateTag label={row.every_label} />
      </p>
      <p>{row.purpose}</p>
      <p class="app-quiet">
        {row.format_label}; next on {dateText(row.next_on)}
      </p>
      <p class="app-card__foot">
        <button type="button" class="app-link-button" onClick={stop}>
          Make it no more<span class="govuk-visually-hidden">: {row.title}</span>
        </button>
      </p>
      <Failures sentences={failure} />
    </>
  );
}

/** What can be asked for from here; a list that is narrowed is asked for on its own page. */
function Offers({ offers }: ExportOffers) {
  return (
    <section aria-labelledby="offers">
      <h2 class="govuk-heading-m" id="offers">
        Make another
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        {offers.map(({ list, title }) => (
          <li key={list}>
            <a href={`/exports/new?list=${list}`}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  row: Export;
  onChange: () => Promise<void>;
}

function One({ row, onChange }: OneProps) {
  const [failure, setFailure] = useState<string[]>([]);
  const remove = async () => {
    try {
      await post(`exports/${row.id}/delete/`, {}, newKey());
      setFailure([]);
      await onChange();
    } catch (error) {
      setFailure(explain(error));
    }
  };
  return (
    <>
      <p class="app-card__head">
        <Name row={row} />
        <StateTag label={row.state_label} />
      </p>
      {row.is_unfinished && <Progress row={row} />}
      {row.failure && <p>{row.failure}</p>}
      <p>{row.purpose}</p>
      <p class="app-quiet">Who has it: {row.recipient}</p>
      <p class="app-quiet">{whenOf(row)}</p>
      {(row.is_kept || row.is_unfinished) && (
        <p class="app-card__foot">
          <button type="button" class="app-link-button" onClick={remove}>
            {row.is_kept ? "Delete now" : "Stop"}
            <span class="govuk-visually-hidden">: {row.title}</span>
          </button>
        </p>
      )}
      <Failures sentences={failure} />
    </>
  );
}

function Name({ row }: { row: Export }) {
  if (!row.is_ready) return <strong>{row.title}</strong>;
  const href = `/api/v1/exports/${row.id}/content/`;
  // The browser fetches the file by itself, and cannot ask whether it is still the same person: the page asks first.
  const confirmed = (event: MouseEvent) => {
    event.preventDefault();
    get("session/fresh/").then(
      () => location.assign(href),
      () => {},
    );
  };
  return (
    <a class="app-card__link" href={href} onClick={confirmed} download>
      {row.title}
    </a>
  );
}

/** The rows that are done, as a bar and in words; nothing moves before it is known how many there are. */
function Progress({ row }: { row: Export }) {
  const { rows_done: done, rows_total: total } = row;
  if (total === null) return <p role="status">It begins within a minute. You can leave this page.</p>;
  return (
    <p role="status">
      <progress max={Math.max(total, 1)} value={done} aria-label={row.title} /> {done} of {total} rows. You can leave
      this page: a message tells you when it is ready.
    </p>
  );
}

function whenOf(row: Export): string {
  const rows = row.rows_done === 1 ? "1 row" : `${row.rows_done} rows`;
  const parts = row.is_ready ? [`${rows}, ${row.format_label}, ${row.size_label}`] : [row.format_label];
  if (row.is_ready && row.expires_at) parts.push(`deleted on ${dateTimeText(row.expires_at)}`);
  return [...parts, `asked for ${dateTimeText(row.asked_at)}`].join("; ");
}
