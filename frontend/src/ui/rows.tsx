/** Tables that become cards on a phone, lists that grow, and what is said when there is nothing. */
import type { ComponentChildren } from "preact";
import type { Rows } from "../lib/resource";
import { Loading } from "./page";
import { Problem } from "./problem";

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row extends { id: string }> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  small?: boolean;
}

export function Table<Row extends { id: string }>({ caption, columns, rows, small }: TableProps<Row>) {
  return (
    <table class="govuk-table app-table">
      <caption class={`govuk-table__caption govuk-table__caption--${small ? "s" : "m"}`}>{caption}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {columns.map(({ label }) => (
            <th class="govuk-table__header" scope="col" key={label}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {rows.map((row) => (
          <tr class="govuk-table__row" key={row.id}>
            {columns.map(({ label, cell }, index) => (
              <Cell key={label} label={label} head={index === 0}>
                {cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ label, head, children }: { label: string; head: boolean; children: ComponentChildren }) {
  const shown = (
    <>
      <span class="app-table__label" aria-hidden="true">
        {label}
      </span>
      <div>{children}</div>
    </>
  );
  return head ? (
    <th class="govuk-table__header" scope="row">
      {shown}
    </th>
  ) : (
    <td class="govuk-table__cell">{shown}</td>
  );
}

interface ListingProps<Row> {
  list: Rows<Row>;
  /** What would be here, and why there is nothing. */
  empty: ComponentChildren;
  children: (rows: Row[]) => ComponentChildren;
  /** The whole list, where only its beginning is shown. */
  all?: { href: string; label: string };
}

export function Listing<Row>({ list, empty, children, all }: ListingProps<Row>) {
  if (!list.rows) return list.error ? <Problem error={list.error} retry={list.reload} /> : <Loading />;
  if (list.rows.length === 0) return <div class="app-empty">{empty}</div>;
  return (
    <>
      {children(list.rows)}
      {Boolean(list.error) && <Problem error={list.error} />}
      {all ? list.hasMore && <a href={all.href}>{all.label}</a> : <More list={list} />}
    </>
  );
}

export function More<Row>({ list }: { list: Rows<Row> }) {
  if (!list.hasMore) return null;
  return (
    <button type="button" class="govuk-button govuk-button--secondary" disabled={list.loading} onClick={list.more}>
      {list.loading ? "Loading…" : "Show more"}
    </button>
  );
}

/** A list of cards, each with a heading that is a link. */
export function Cards<Row extends { id: string }>(props: { rows: Row[]; children: (row: Row) => ComponentChildren }) {
  return (
    <ul class="app-cards">
      {props.rows.map((row) => (
        <li class="app-card" key={row.id}>
          {props.children(row)}
        </li>
      ))}
    </ul>
  );
}
