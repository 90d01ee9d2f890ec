/** What people said: themes counted by who spoke and what it is about, with words that were released. No name anywhere. */
import { useLocation } from "preact-iso/router";
import type { Voice, VoiceTheme } from "../../api/figures";
import { dateText } from "../../lib/format";
import { Bars } from "../../ui/charts/bars";
import { fieldId } from "../../ui/errors";
import { Frame, monthText } from "./frame";
import { PublishedChart } from "./published_chart";
import { Quoted } from "./quoted";

const NAMES = ["ward", "speaker", "direction"];

/** Of an address only what the API knows is passed on. */
function askedIn(query: Record<string, string>): string {
  const asked = NAMES.filter((name) => query[name]).map((name) => [name, query[name] as string]);
  return new URLSearchParams(asked).toString();
}

export default function VoicePage() {
  const asked = askedIn(useLocation().query);
  return (
    <Frame<Voice> place="voice" label="What people said" path={`figures/voice/${asked && `?${asked}`}`}>
      {(found) =>
        found.first_month && found.last_month ? (
          <>
            <p class="govuk-body-l">{introduced(found)}</p>
            <div class="app-with-filter">
              <Filter key={asked} found={found} />
              <section aria-label="What was published">
                <Report found={found} months={[found.first_month, found.last_month]} />
              </section>
            </div>
          </>
        ) : (
          <p>Nothing has been published yet. A month is published a fortnight after it is over.</p>
        )
      }
    </Frame>
  );
}

function introduced({ total, first_month: first, last_month: last }: Voice) {
  const days = `${monthText(first as string)} to ${monthText(last as string)}`;
  return total > 0
    ? `About ${total} things that children, parents and others said were written down, from ${days}.`
    : `What children, parents and others said, from ${days}.`;
}

function Filter({ found }: { found: Voice }) {
  const { route } = useLocation();
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const asked = askedIn(Object.fromEntries(NAMES.map((name) => [name, String(given.get(name) ?? "")])));
    route(asked ? `/voice?${asked}` : "/voice", true);
  };
  const isNarrowed = found.choices.some(({ chosen }) => chosen);
  return (
    <form class="app-search" aria-label="Which of them" onSubmit={apply} autocomplete="off">
      <details class="app-filter" open={matchMedia("(min-width: 48em)").matches || isNarrowed}>
        <summary class="app-filter__summary">
          <h2 class="govuk-heading-s">Filter</h2>
        </summary>
        {found.choices.map(({ name, label, chosen, options }) => (
          <div class="govuk-form-group" key={name}>
            <label class="govuk-label" for={fieldId(name)}>
              {label}
            </label>
            <select class="govuk-select" id={fieldId(name)} name={name}>
              <option value="">Any</option>
              {options.map(({ code, label }) => (
                <option key={code} value={code} selected={code === chosen}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        ))}
        <button type="submit" class="govuk-button">
          Show
        </button>
        {isNarrowed && (
          <p>
            <a href="/voice">Show everything</a>
          </p>
        )}
      </details>
    </form>
  );
}

function Report({ found, months }: { found: Voice; months: [string, string] }) {
  if (found.total === 0) return <p>Too few people said something of this kind to show any number.</p>;
  return (
    <div class="app-figures">
      <section class="app-section" aria-labelledby="themes">
        <h2 class="govuk-heading-m" id="themes">
          Themes
        </h2>
        {found.themes.length > 0 ? <Themes found={found} /> : <p>{found.finding}</p>}
      </section>
      {found.themes
        .filter(({ words }) => words.length > 0)
        .map((theme) => (
          <InTheirWords key={theme.id} theme={theme} />
        ))}
      {found.tables
        .filter(({ rows }) => rows.length > 0)
        .map((table) => (
          <section key={table.id} class="app-section" aria-labelledby={`table-${table.id}`}>
            <h2 class="govuk-heading-m" id={`table-${table.id}`}>
              {table.title}
            </h2>
            <PublishedChart table={table} months={months} />
          </section>
        ))}
      <HowPublished found={found} />
    </div>
  );
}

/** The picture has one bar for each theme; its table tells them apart by what was said of them and by who spoke. */
function Themes({ found: { themes, finding } }: { found: Voice }) {
  const [first] = themes;
  const parts = [...(first?.directions ?? []), ...(first?.speakers ?? [])].map(({ label }) => label);
  const said = (number: number | null) => number ?? <span class="app-quiet">Too few</span>;
  const rows = themes.map((theme) => ({
    id: theme.id,
    cells: [theme.label, theme.number, ...[...theme.directions, ...theme.speakers].map(({ number }) => said(number))],
  }));
  return (
    <Bars
      finding={finding}
      table={{ caption: "Themes", head: ["Theme", "About how many", ...parts], rows }}
      rows={themes.map(({ id, label, number }) => ({ id, label, value: number, text: `${number}` }))}
    />
  );
}

function InTheirWords({ theme: { id, label, words } }: { theme: VoiceTheme }) {
  return (
    <section class="app-section" aria-labelledby={`words-${id}`}>
      <h2 class="govuk-heading-m" id={`words-${id}`}>
        In their words: {label.toLowerCase()}
      </h2>
      {words.map((one) => (
        <Quoted key={one.text} quotation={one} />
      ))}
    </section>
  );
}

function HowPublished({ found: { base, threshold, published_at } }: { found: Voice }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Why numbers are only about right, and whose words these are</span>
      </summary>
      <div class="govuk-details__text">
        <p>
          A small number can tell who spoke. So every number here is a multiple of {base}, none is below {threshold},
          and each chart and table is a sum of the same rounded cells: it may be off by some. What is not listed had
          nobody, or too few to show. Something that was said may touch several themes.
        </p>
        <p>
          Words are shown only where whoever said them agreed, a second person has read and released them, and enough
          people said something of the same theme; who said it, about what and where stand beside them only where enough
          said something alike. They can be taken back at any time.
          {published_at && ` The last month was published on ${dateText(published_at)}.`}
        </p>
        <p>
          These are the people to whom somebody listened and who wanted to be heard: they do not speak for everybody.
        </p>
      </div>
    </details>
  );
}
