/** The records that one number counts, page by page. */
import type { ComponentChildren } from "preact";
import { dateText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards, Listing } from "../../ui/rows";
import { ExportLink } from "../exports/link";

interface CountedProps<Row> {
  title: string;
  back: { href: string; label: string };
  /** The days that are counted, once they are known. */
  found: { first_day: string; last_day: string } | null;
  /** What happened in those days. */
  within?: string;
  path: string;
  /** As what the export knows this list, where it does. */
  list?: string;
  children: (row: Row) => ComponentChildren;
}

export function Counted<Row extends { id: string }>({
  title,
  back,
  found,
  within,
  path,
  list,
  children,
}: CountedProps<Row>) {
  const rows = useRows<Row>(path);
  return (
    <Page title={title} back={back}>
      {found && (
        <p class="govuk-body-l">
          {within ?? "From"} {dateText(found.first_day)} to {dateText(found.last_day)}.
        </p>
      )}
      {list && <ExportLink list={list} filters={new URLSearchParams(path.split("?")[1])} />}
      <Listing list={rows} empty={<p>There are none.</p>}>
        {(found) => <Cards rows={found}>{children}</Cards>}
      </Listing>
    </Page>
  );
}

/** Those of the names that were asked for, as the address of a page or of the API has them. */
export function asQuery(asked: Record<string, string>, names: string[]): URLSearchParams {
  return new URLSearchParams(names.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])));
}
