/** From where information governance asks who may see a record of its own agency, which it does not read. */
import type { FoundToSeal, ProposedSeal, RecordToSeal, Sealing as SealingData } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { SearchForm } from "../find/search_form";
import { searching } from "../find/searching";

/** Kept while the app is open, so that coming back shows what was found. */
const search = searching<FoundToSeal>("sealing/find/");

export function Sealing() {
  const page = useResource<SealingData>("sealing/");
  const shown = page.data.value;
  return (
    <Page
      title={labelOf("sealing", "Who may see a record")}
      hasErrors={search.state.value.failure !== null}
      error={page.error.value}
      retry={page.load}
      ready={shown !== null}
    >
      <SearchForm
        search={search}
        fields={shown?.input ?? []}
        results={({ records }: FoundToSeal) => <Found records={records} />}
      >
        <p>
          Ask that a case or referral of your own organisation is sealed, that somebody is named on its seal, or that it
          is lifted. A manager who works with it agrees or not; you read nothing of it. Once it is sealed, only those
          who are named find it here.
        </p>
      </SearchForm>
      <h2 class="govuk-heading-m">What you have asked for</h2>
      {shown && <Waiting proposed={shown.proposed} />}
    </Page>
  );
}

function Found({ records }: { records: RecordToSeal[] }) {
  if (records.length === 0) {
    return (
      <p class="app-empty">
        No case that your organisation leads, and no referral that it holds, is called so. Look at the spelling.
      </p>
    );
  }
  return (
    <Cards rows={records.map((one) => ({ ...one, id: one.url }))}>
      {({ reference, noun, url }) => (
        <p class="app-card__head">
          <a class="app-card__link" href={url}>
            Who may see {noun} {reference}
          </a>
        </p>
      )}
    </Cards>
  );
}

function Waiting({ proposed }: { proposed: ProposedSeal[] }) {
  if (proposed.length === 0) return <p class="app-empty">Nothing that you asked for waits for a second person.</p>;
  return (
    <Cards rows={proposed}>
      {({ reference, label, url, asked_at: at }) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={url}>
              {label}: {reference}
            </a>
          </p>
          <p class="app-quiet">A manager has not answered yet. Asked on {dateTimeText(at)}.</p>
        </>
      )}
    </Cards>
  );
}
