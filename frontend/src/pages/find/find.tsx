/** Find a record again. What is typed goes in the body of the request and stays in this page's memory, never in an address. */
import { signal } from "@preact/signals";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { Field, Findings, FoundRecord, Values } from "../../api/types";
import { explain } from "../../lib/explain";
import { appPath, nameAndAge } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";

interface State {
  values: Values;
  found: Findings | null;
  failure: { reasons: string[]; fields: FieldErrors } | null;
  attempt: number;
  busy: boolean;
}

/** Kept while the app is open, so that coming back from a record shows the list it was found in. */
const state = signal<State>({ values: {}, found: null, failure: null, attempt: 0, busy: false });
const change = (part: Partial<State>) => {
  state.value = { ...state.value, ...part };
};

async function look(): Promise<void> {
  change({ busy: true, attempt: state.value.attempt + 1 });
  try {
    const found = await send<Findings>("POST", "find/", { body: state.value.values, key: newKey() });
    change({ found, failure: null });
  } catch (error) {
    const fields = error instanceof ApiError ? error.fields : {};
    change({ found: null, failure: { reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields } });
  } finally {
    change({ busy: false });
  }
}

export default function Find() {
  const form = useResource<{ input: Field[] }>("find/");
  const { failure } = state.value;
  return (
    <Page
      title={labelOf("find", "Find a record")}
      hasErrors={failure !== null}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
    >
      {form.data.value && <Search fields={form.data.value.input} />}
    </Page>
  );
}

function Search({ fields }: { fields: Field[] }) {
  const { values, found, failure, attempt, busy } = state.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void look();
  };
  return (
    <>
      {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />}
      <p class="govuk-body">Looks among the referrals and cases that you may see, nowhere else.</p>
      <form class="app-narrow" onSubmit={submit} noValidate autocomplete="off">
        <FormFields
          fields={fields}
          values={values}
          errors={failure?.fields ?? {}}
          onChange={(name, value) => change({ values: { ...state.value.values, [name]: value } })}
        />
        <button type="submit" class="govuk-button" disabled={busy}>
          {busy ? "Looking…" : "Find"}
        </button>
      </form>
      <div role="status">{found && <Results found={found} />}</div>
    </>
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
