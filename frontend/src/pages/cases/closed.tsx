/** Closed cases: how each ended, narrowed by what lives in the address, and the two ways in which help begins again. */
import { useLocation } from "preact-iso/router";
import type { ClosedCaseRow, Field } from "../../api/types";
import { dateText, nameAndAge } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { ExportLink } from "../exports/link";
import { askedFor, Narrow } from "./narrow";
import { Views } from "./views";

export default function ClosedRoute() {
  const filters = useResource<{ fields: Field[] }>("cases/closed/filters/");
  return (
    <Page title="Closed cases" error={filters.error.value} retry={filters.load} ready={filters.data.value !== null}>
      <Views current="closed" />
      {filters.data.value && <Closed fields={filters.data.value.fields} />}
    </Page>
  );
}

const pathWith = (asked: URLSearchParams) => `cases/closed${asked.size > 0 ? `?${asked}` : ""}`;

function Closed({ fields }: { fields: Field[] }) {
  const { query, route } = useLocation();
  const asked = askedFor(query, fields);
  const list = useRows<ClosedCaseRow>(pathWith(asked).replace("closed", "closed/"));
  return (
    <div class="app-with-filter">
      <Narrow
        key={asked.toString()}
        label="Which closed cases"
        fields={fields}
        asked={asked}
        onApply={(next) => route(`/${pathWith(next)}`, true)}
      >
        <p>
          Looking for a child? <a href="/find">Find a record by name</a>.
        </p>
      </Narrow>
      <section aria-label="Cases found">
        {!asked.has("reference") && <ExportLink list="cases_closed" filters={asked} />}
        <Listing list={list} empty={<Nothing isNarrowed={asked.size > 0} />}>
          {(rows) => <ClosedCards rows={rows} />}
        </Listing>
      </section>
    </div>
  );
}

function ClosedCards({ rows }: { rows: ClosedCaseRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/cases/${row.id}`}>
              {row.reference}
            </a>
            <span class="app-quiet">Closed {dateText(row.closed_at)}</span>
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          <p>
            {row.closing_reason_label}
            {row.lead_practitioner && `. Lead: ${row.lead_practitioner}`}
          </p>
          <ul class="govuk-list app-quiet">
            {row.options.map((option) => (
              <li key={option.name}>
                <a href={`/cases/${row.id}/do/${option.name}?back=/cases/closed`}>
                  {option.label}
                  <span class="govuk-visually-hidden"> {row.reference}</span>
                </a>
              </li>
            ))}
            {row.may_refer_again && (
              <li>
                <a href={`/referrals/new?again=${row.id}`}>
                  Refer again<span class="govuk-visually-hidden"> after {row.reference}</span>
                </a>
              </li>
            )}
          </ul>
        </>
      )}
    </Cards>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return isNarrowed ? (
    <p>
      No closed case is like this. <a href="/cases/closed">Show all of them</a>
    </p>
  ) : (
    <p>When a case that your agency led is closed, it is listed here. Help can begin again from it.</p>
  );
}
