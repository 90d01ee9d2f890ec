/** Find a record again. What is typed goes in the body of the request and stays in this page's memory, never in an address. */
import type { Field, Findings, FoundRecord } from "../../api/types";
import { appPath, nameAndAge } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { SearchForm } from "./search_form";
import { searching } from "./searching";

export { FindLooks } from "../oversight/find";
export { Sealing } from "../oversight/sealing";

/** Kept while the app is open, so that coming back from a record shows the list it was found in. */
const search = searching<Findings>("find/");

export default function Find() {
  const form = useResource<{ input: Field[] }>("find/");
  return (
    <Page
      title={labelOf("find", "Find a record")}
      hasErrors={search.state.value.failure !== null}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
    >
      {form.data.value && (
        <SearchForm
          search={search}
          fields={form.data.value.input}
          results={(found: Findings) => <Results found={found} />}
        >
          <p class="govuk-body">Looks among the referrals and cases that you may see, nowhere else.</p>
        </SearchForm>
      )}
    </Page>
  );
}

function Results({ found: { results, is_cut: isCut } }: { found: Findings }) {
  if (results.length === 0) {
    return (
      <div class="app-empty">
        <p>
          Nothing that you may see is like this. A record may be there that is not yours to see: if you are worried
          about a child, <a href="/referrals/new">make a referral</a>.
        </p>
      </div>
    );
  }
  return (
    <>
      <h2 class="govuk-heading-m">{results.length === 1 ? "1 record" : `${results.length} records`}</h2>
      {isCut && <p class="govuk-body">There may be more. Say more of the name, or the date of birth.</p>}
      <Cards rows={results}>{(row) => <Card row={row} />}</Cards>
    </>
  );
}

function Card({ row }: { row: FoundRecord }) {
  return (
    <>
      <p class="app-card__head">
        <a class="app-card__link" href={appPath(row.url)}>
          {nameAndAge(row.child_name, row.child_age) || row.reference}
        </a>
        <StateTag label={row.state_label} />
      </p>
      <p class="app-quiet">
        {row.kind_label} {row.reference}, with {row.with_agency}
      </p>
    </>
  );
}
