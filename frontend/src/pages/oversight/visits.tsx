/** Visits: who, from when to when, and which parts; never a word of what was read. */
import type { Visit } from "../../api/types";
import { timesText } from "../../lib/format";
import type { Rows } from "../../lib/resource";
import { Cards, Listing } from "../../ui/rows";

interface Props {
  list: Rows<Visit>;
  /** Whether a name leads to what that person looked at. */
  linked?: boolean;
}

export function Visits({ list, linked = false }: Props) {
  return (
    <Listing list={list} empty={<p>Nobody looked, as far as the log goes back.</p>}>
      {(rows) => <VisitCards rows={rows} linked={linked} />}
    </Listing>
  );
}

export function VisitCards({ rows, linked = false }: { rows: Visit[]; linked?: boolean }) {
  return <Cards rows={rows}>{(row) => <OneVisit row={row} linked={linked} />}</Cards>;
}

function OneVisit({ row, linked }: { row: Visit; linked: boolean }) {
  return (
    <>
      <p class="app-card__head">
        {linked && row.person_id ? (
          <a class="app-card__link" href={`/looks/person/${row.person_id}`}>
            {row.person}
          </a>
        ) : (
          <strong>{row.person}</strong>
        )}
        {row.in_emergency && <strong class="govuk-tag govuk-tag--red app-tag">Emergency</strong>}
        {row.is_refused && <strong class="govuk-tag govuk-tag--yellow app-tag">Refused</strong>}
      </p>
      <p class="app-quiet">{[row.role, row.agency].filter(Boolean).join(", ")}</p>
      <p>
        {timesText(row.since, row.until)}. {row.did.join(". ")}.
      </p>
      {row.records.length > 0 && <p class="app-quiet">{row.records.join(", ")}</p>}
    </>
  );
}
