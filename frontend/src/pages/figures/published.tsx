/** How cases of the whole partnership ended, in numbers that tell of no child; each board reads them through its theme. */
import { useLocation } from "preact-iso/router";
import type { PublishedFigures } from "../../api/types";
import { dateText } from "../../lib/format";
import { Choices, Frame, monthText } from "./frame";
import { PublishedChart } from "./published_chart";

export default function PublishedPage() {
  const { query } = useLocation();
  const { theme } = query;
  const path = theme ? `figures/published/?theme=${encodeURIComponent(theme)}` : "figures/published/";
  return (
    <Frame<PublishedFigures> place="published" label="Outcomes in the partnership" path={path}>
      {(found) =>
        found.first_month && found.last_month ? (
          <Published found={found} months={[found.first_month, found.last_month]} />
        ) : (
          <p>Nothing has been published yet. A month is published a fortnight after it is over.</p>
        )
      }
    </Frame>
  );
}

interface PublishedProps {
  found: PublishedFigures;
  /** The first day of the first and of the last of them. */
  months: [string, string];
}

function Published({ found, months }: PublishedProps) {
  return (
    <>
      <p class="govuk-body-l">
        {found.total > 0 ? `About ${found.total} cases closed from` : "From"} {monthText(months[0])} to{" "}
        {monthText(months[1])}.
      </p>
      <Themes found={found} />
      <Tables found={found} months={months} />
      <p>
        <a href="/reports">Make a report of these figures, or read one that was made</a>
      </p>
      <HowPublished found={found} />
    </>
  );
}

function Themes({ found }: { found: PublishedFigures }) {
  return (
    <Choices
      label="Which board’s theme"
      options={[{ code: "", label: "All themes" }, ...found.themes]}
      chosen={found.theme}
      path={(code) => (code ? `/published?theme=${code}` : "/published")}
    />
  );
}

function Tables({ found, months }: PublishedProps) {
  const shown = found.tables.filter(({ id, rows }) => rows.length > 0 && !(found.theme && id === "theme"));
  if (shown.length === 0) return <p>Too few cases closed in these months to show any number.</p>;
  return (
    <div class="app-figures">
      {shown.map((table) => (
        <section key={table.id} class="app-section" aria-labelledby={`table-${table.id}`}>
          <h2 class="govuk-heading-m" id={`table-${table.id}`}>
            {table.title}
          </h2>
          <PublishedChart table={table} months={months} />
        </section>
      ))}
      <p class="app-quiet">What is not listed had nobody, or too few to show.</p>
    </div>
  );
}

function HowPublished({ found: { base, threshold, published_at } }: { found: PublishedFigures }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Why numbers are only about right</span>
      </summary>
      <div class="govuk-details__text">
        <p>
          A small number can tell of one child, and so can the difference between two reports. So every number here is a
          multiple of {base}, none is below {threshold}, and each table is a sum of the same rounded cells: it may be
          off by some. Totals agree everywhere.
        </p>
        <p>
          Whole months only, by the day on which a case closed, as it stood when the month was published: a fortnight
          after its end. A month stays as it was published, whatever is corrected later.
          {published_at && ` The last one was published on ${dateText(published_at)}.`} A case that is opened again
          still counts where it closed, and once more when it closes again. Children whose record is sealed, and cases
          that were joined to another, are not counted.
        </p>
      </div>
    </details>
  );
}
