/** The documents of a case: the latest of each first, its older versions behind it, and handing another one in. */
import { useEffect, useState } from "preact/hooks";
import { newKey, post } from "../../api/client";
import type { DocumentRow, Letters } from "../../api/types";
import { explain } from "../../lib/explain";
import { clockTime, dateTimeText } from "../../lib/format";
import { now } from "../../lib/now";
import { type Rows, useResource, useRows } from "../../lib/resource";
import { Failures } from "../../ui/failures";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { Sections } from "../cases/sections";
import { type DocumentForm, HandIn } from "./hand_in";

export default function DocumentsRoute({ params }: { params: { id: string } }) {
  return <Documents key={params.id} caseId={params.id} />;
}

function Documents({ caseId }: { caseId: string }) {
  const path = `cases/${caseId}/documents/`;
  const list = useRows<DocumentRow>(path);
  const form = useResource<DocumentForm>(`${path}form/`).data.value;
  const mayAdd = form !== null && form.input.length > 0;
  const [replaced, setReplaced] = useState<DocumentRow | null>(null);
  const [handedIn, setHandedIn] = useState<string[]>([]);
  const changed = async () => {
    setReplaced(null);
    await list.reload();
  };
  const done = async (title: string) => {
    setHandedIn([...handedIn, title]);
    await changed();
  };
  useNews(list);
  return (
    <Page title="Documents" back={{ href: `/cases/${caseId}`, label: "The case" }}>
      <Sections id={caseId} current="/documents" />
      <div role="status">
        {handedIn.length > 0 && (
          <p class="govuk-body">{handedIn.at(-1)} is handed in. It is being checked, which takes a minute or two.</p>
        )}
      </div>
      <WriteLetter caseId={caseId} />
      <section class="app-section" aria-labelledby="there">
        <h2 class="govuk-heading-m" id="there">
          On this case
        </h2>
        <Listing
          list={list}
          empty={<p>Letters, reports, signed agreements and what the child made are listed here.</p>}
        >
          {(rows) => (
            <ul class="app-cards">
              {rows
                .filter((row) => !row.has_newer)
                .map((row) => (
                  <li class="app-card" key={row.id}>
                    <DocumentCard
                      row={row}
                      back={`/cases/${caseId}/documents`}
                      onChanged={changed}
                      onReplace={mayAdd ? () => setReplaced(row) : undefined}
                    />
                    <Older rows={rows.filter((other) => other.series_id === row.series_id && other.id !== row.id)} />
                  </li>
                ))}
            </ul>
          )}
        </Listing>
      </section>
      {mayAdd && (
        <HandIn
          key={`${replaced?.id ?? "new"} ${handedIn.length}`}
          path={path}
          form={form}
          replaced={replaced}
          onDone={done}
          onCancel={replaced ? () => setReplaced(null) : undefined}
        />
      )}
    </Page>
  );
}

/** The way to a letter, for whom the server offers one. */
function WriteLetter({ caseId }: { caseId: string }) {
  const letters = useResource<Letters>(`cases/${caseId}/letters/`);
  if (!letters.data.value?.options.length) return null;
  return (
    <p>
      <a href={`/cases/${caseId}/letter`}>Write a letter from a template</a>
    </p>
  );
}

const LOOK_AGAIN_MS = 20_000;

/** While something is being checked the list is read again now and then, so that it can be opened once it may. */
function useNews({ rows, reload }: Rows<DocumentRow>): void {
  const waits = rows?.some((row) => !row.can_be_read && row.state === "waiting") ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits]);
}

interface CardProps {
  row: DocumentRow;
  /** Where the list stands: one comes back to it from what is done about the document. */
  back: string;
  onChanged: () => Promise<void>;
  /** Not given for who may not hand one in. */
  onReplace?: () => void;
}

function DocumentCard({ row, back, onChanged, onReplace }: CardProps) {
  const [failure, setFailure] = useState<string[]>([]);
  const withdraw = async () => {
    try {
      await post(`documents/${row.id}/withdraw/`, {}, newKey());
      await onChanged();
    } catch (error) {
      setFailure(explain(error));
    }
  };
  const isMine = row.withdrawable_until && Date.parse(row.withdrawable_until) > now.value.getTime();
  return (
    <>
      <p class="app-card__head">
        <Name row={row} />
        {row.mark_label && <strong class="govuk-tag govuk-tag--red">{row.mark_label}</strong>}
        {!row.can_be_read && <StateTag label={row.state_label} />}
      </p>
      <p>
        {row.kind_label}, {row.file_label}, {row.size_label}
        {row.number > 1 && `, version ${row.number}`}
      </p>
      <p class="app-quiet">
        Handed in {dateTimeText(row.added_at)} by {row.by}, {row.agency}
      </p>
      {row.relabelled && (
        <p class="app-quiet">
          Who may read it was changed by {row.relabelled.by}, {dateTimeText(row.relabelled.at)}: {row.relabelled.why}
        </p>
      )}
      {row.has_preview && <Preview row={row} />}
      <p class="app-card__foot">
        {onReplace && (
          <button type="button" class="app-link-button" onClick={onReplace}>
            Hand in a newer version<span class="govuk-visually-hidden"> of {row.title}</span>
          </button>
        )}
        {row.options.map(({ name, label }) => (
          <a key={name} href={`/documents/${row.id}/do/${name}?back=${encodeURIComponent(back)}`}>
            {label}
            <span class="govuk-visually-hidden">: {row.title}</span>
          </a>
        ))}
        {isMine && (
          <button type="button" class="app-link-button" onClick={withdraw}>
            Take back<span class="govuk-visually-hidden"> {row.title}</span>, until{" "}
            {clockTime(row.withdrawable_until ?? "")}
          </button>
        )}
      </p>
      <Failures sentences={failure} />
    </>
  );
}

function Name({ row }: { row: DocumentRow }) {
  if (!row.can_be_read) return <strong>{row.title}</strong>;
  return (
    <a class="app-card__link" href={`/api/v1/documents/${row.id}/content/`} download>
      {row.title}
    </a>
  );
}

/** Asked for only when somebody wants to see it: each look is on the record. */
function Preview({ row }: { row: DocumentRow }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="govuk-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">See the first page</span>
      </summary>
      {open && (
        <img
          class="app-document-page"
          src={`/api/v1/documents/${row.id}/preview/`}
          alt={`First page of ${row.title}`}
        />
      )}
    </details>
  );
}

function Older({ rows }: { rows: DocumentRow[] }) {
  if (rows.length === 0) return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Older versions</span>
      </summary>
      <ul class="govuk-list govuk-details__text">
        {rows.map((row) => (
          <li key={row.id}>
            <Name row={row} />, version {row.number}, {dateTimeText(row.added_at)}
          </li>
        ))}
      </ul>
    </details>
  );
}
