/** What people said to one’s own agency: to be read before it is released, released, sent back, taken back. */
import { useLocation } from "preact-iso/router";
import type { SayingRow } from "../../api/figures";
import type { NewSaying } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { monthText } from "../figures/frame";

const VIEWS = [
  { view: "standing", label: "All", empty: "Nobody of your organisation has written down yet what people say." },
  { view: "to-read", label: "Words to read", empty: "No words wait for a manager who reads them." },
  { view: "released", label: "Released", empty: "No words have been released yet." },
  { view: "kept-back", label: "Sent back", empty: "Nothing was sent back." },
  { view: "taken-back", label: "Taken back", empty: "Nothing was taken back." },
] as const;

export default function Voices() {
  const { query } = useLocation();
  const chosen = VIEWS.find(({ view }) => view === query.view) ?? VIEWS[0];
  return (
    <Page title={labelOf("voices", "Community voice")}>
      <p>
        What children, parents and communities say helps, does not help, or is needed. It is tied to no child and no
        record, and carries no name. It is counted for the whole partnership; words are read by others only where
        whoever said them agreed and a second person has released them.
      </p>
      <Add />
      <nav class="app-views" aria-label="Which list">
        {VIEWS.map(({ view, label }) => (
          <a key={view} href={`/voices?view=${view}`} aria-current={view === chosen.view ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <List key={chosen.view} {...chosen} />
    </Page>
  );
}

function Add() {
  const way = useResource<NewSaying>("voices/new/").data.value?.options[0];
  return way ? (
    <p>
      <a class="govuk-button" href={`/voices/new/do/${way.name}?back=/voices`}>
        {way.label}
      </a>
    </p>
  ) : null;
}

function List({ view, label, empty }: (typeof VIEWS)[number]) {
  const list = useRows<SayingRow>(`voices/?view=${view}`);
  return (
    <section class="app-section" aria-labelledby="sayings">
      <h2 class="govuk-heading-m" id="sayings">
        {label}
      </h2>
      <Listing list={list} empty={<p>{empty}</p>}>
        {(rows) => <Cards rows={rows}>{(row) => <Card row={row} />}</Cards>}
      </Listing>
    </section>
  );
}

function Card({ row }: { row: SayingRow }) {
  const where = row.ward ? `, ${row.ward}` : "";
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={`/voices/${row.id}`}>
          {row.direction}: {row.themes.join(", ")}
        </a>
        <StateTag label={row.state_label} />
      </p>
      {row.words && <p class="app-lines">“{row.words}”</p>}
      <p class="app-quiet">
        {row.speaker}, {monthText(row.month)}
        {where}. Written down by {row.recorded_by}. Next: {row.next_step}.
      </p>
    </>
  );
}
