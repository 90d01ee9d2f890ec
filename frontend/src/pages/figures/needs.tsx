/** Where and why children were referred, in numbers that tell of no child; each board reads them through its theme. */
import { useLocation } from "preact-iso/router";
import type { NeedsReport } from "../../api/types";
import { dateText } from "../../lib/format";
import { Frame } from "./frame";
import { Cuts, Factors, Months } from "./needs_charts";
import { choiceOf, type Filters, filtersOf, NeedsFilter, pathWith } from "./needs_filter";
import { received } from "./stands_out";
import { Wards } from "./ward_map";

export default function NeedsPage() {
  const { url } = useLocation();
  const { asked, show } = filtersOf(url);
  const query = new URLSearchParams(asked).toString();
  return (
    <Frame<NeedsReport> place="needs" label="Needs by place" path={`figures/needs/${query && `?${query}`}`}>
      {(found) =>
        found.months.length === 0 ? (
          <p>Nothing has been published yet. A month is published a fortnight after it is over.</p>
        ) : (
          <>
            <p class="govuk-body-l">{received(found)}</p>
            <Themes found={found} filters={{ asked, show }} />
            <div class="app-with-filter">
              <NeedsFilter key={query} found={found} filters={{ asked, show }} />
              <section aria-label="What was published">
                <Report found={found} filters={{ asked, show }} />
              </section>
            </div>
          </>
        )
      }
    </Frame>
  );
}

function Themes({ found, filters }: { found: NeedsReport; filters: Filters }) {
  const { options, chosen } = choiceOf(found, "theme");
  return (
    <nav class="app-views" aria-label="Which board’s theme">
      {[{ code: "", label: "All themes" }, ...options].map(({ code, label }) => (
        <a key={code} href={pathWith(filters, { theme: code })} aria-current={code === chosen ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

function Report({ found, filters }: { found: NeedsReport; filters: Filters }) {
  const anything = found.total > 0 || found.wards.some(({ number }) => number !== null);
  return (
    <>
      {found.total === 0 && <p>Too few referrals match all of this to show any number. Take a filter away.</p>}
      {anything && <Wards found={found} filters={filters} />}
      {found.total > 0 && (
        <>
          <Factors found={found} filters={filters} />
          <Months found={found} />
          <Cuts found={found} filters={filters} />
        </>
      )}
      <HowPublished found={found} />
    </>
  );
}

function HowPublished({ found: { base, threshold, published_at } }: { found: NeedsReport }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Why numbers are only about right, and what they count</span>
      </summary>
      <div class="govuk-details__text">
        <p>
          A small number can tell of one child, and so can the difference between two reports. So every number here is a
          multiple of {base}, none is below {threshold}, and each chart and table is a sum of the same rounded cells: it
          may be off by some, and the more filters there are, the more. Totals agree everywhere. What is not listed had
          nobody, or too few to show.
        </p>
        <p>
          Referrals count in the month in which they were received, with what had been decided when the month was
          published: a fortnight after its end. A month stays as it was published, whatever is corrected later.
          {published_at && ` The last one was published on ${dateText(published_at)}.`} A referral that names several
          factors counts with each of them. A board’s theme is given when help is agreed, so other referrals have none.
          Children whose record is sealed, and referrals entered in error, are not counted.
        </p>
        <p>
          Rates are published numbers per 1,000 people of all ages in the months shown: how many children live in each
          ward is not known here. Population: Office for National Statistics, mid-2024, under the Open Government
          Licence v3.0.
        </p>
      </div>
    </details>
  );
}
