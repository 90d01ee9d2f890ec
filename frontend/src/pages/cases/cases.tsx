/** The cases a person works on, and those that their agency leads: what is due next first, and one found by its name. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { CaseRow, Field, FoundCases, Values } from "../../api/types";
import { explain } from "../../lib/explain";
import { useResource, useRows } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { later } from "../../ui/fields/later";
import { Loading, Page } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { Listing } from "../../ui/rows";
import { ExportLink } from "../exports/link";
import { CaseCards } from "./list";
import { askedFor, Narrow } from "./narrow";
import { labelOfView, Views } from "./views";

const KeepThis = later(() => import("../saved/saved").then((page) => page.KeepThis));

export default function CasesRoute() {
  const { query } = useLocation();
  const view = query.view === "lead" ? "lead" : "mine";
  return <CasesPage key={view} view={view} />;
}

interface Failure {
  reasons: string[];
  fields: FieldErrors;
}

function failureOf(error: unknown): Failure {
  const fields = error instanceof ApiError ? error.fields : {};
  return { reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields };
}

function CasesPage({ view }: { view: string }) {
  const [found, setFound] = useState<FoundCases | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const look = async (values: Values) => {
    setAttempt((old) => old + 1);
    try {
      setFound(await send<FoundCases>("POST", "cases/find/", { body: { ...values, view }, key: newKey() }));
      setFailure(null);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <Page title={labelOfView(view)} hasErrors={failure !== null}>
      {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />}
      <Views current={view} />
      <Search errors={failure?.fields ?? {}} onLook={look} onAll={found ? () => setFound(null) : undefined} />
      <div role="status">{found && <FoundHere found={found} />}</div>
      {!found && <Narrowed view={view} />}
    </Page>
  );
}

interface SearchProps {
  errors: FieldErrors;
  onLook: (values: Values) => Promise<void>;
  /** Back to the whole list, where only what was found is shown. */
  onAll?: (() => void) | undefined;
}

/** What is typed goes in the body of the request and stays in this page's memory, never in an address. */
function Search({ errors, onLook, onAll }: SearchProps) {
  const form = useResource<{ input: Field[] }>("find/");
  const [values, setValues] = useState<Values>({});
  const fields = form.data.value?.input.filter(({ name }) => name === "text") ?? [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void onLook(values);
  };
  const showAll = () => {
    setValues({});
    onAll?.();
  };
  return (
    <form class="app-narrow" aria-label="Find among these" onSubmit={submit} noValidate autocomplete="off">
      <FormFields
        fields={fields}
        values={values}
        errors={errors}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
      />
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button govuk-button--secondary">
          Find among these
        </button>
        {onAll && (
          <button type="button" class="app-link-button" onClick={showAll}>
            Show all again
          </button>
        )}
      </div>
    </form>
  );
}

function FoundHere({ found: { results, is_cut: isCut } }: { found: FoundCases }) {
  return (
    <>
      <h2 class="govuk-heading-m">{results.length === 1 ? "1 case" : `${results.length} cases`}</h2>
      {isCut && <p class="govuk-body">There may be more. Say more of the name.</p>}
      {results.length > 0 ? (
        <CaseCards rows={results} />
      ) : (
        <p class="govuk-body">
          None of these is like this. <a href="/find">Find a record among all that you may see</a>
        </p>
      )}
    </>
  );
}

/** The whole list, or what is left of it; what it is narrowed by stands above it and in the address. */
function Narrowed({ view }: { view: string }) {
  const { query, route } = useLocation();
  const resource = useResource<{ fields: Field[] }>(`cases/filters/?view=${view}`);
  const fields = resource.data.value?.fields;
  if (!fields)
    return resource.error.value ? <Problem error={resource.error.value} retry={resource.load} /> : <Loading />;
  const asked = askedFor(query, fields);
  const whole = new URLSearchParams(view === "mine" ? {} : { view });
  const apply = (next: URLSearchParams) => route(pathOf(new URLSearchParams([...whole, ...next])), true);
  return (
    <>
      <Only fields={fields} asked={asked} whole={pathOf(whole)} />
      <details class="govuk-details app-narrowing">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">Show only some of these</span>
        </summary>
        <div class="govuk-details__text">
          <Narrow key={asked.toString()} label="Which cases" fields={fields} asked={asked} onApply={apply} />
        </div>
      </details>
      <Carried view={view} asked={asked} />
      <KeepThis />
    </>
  );
}

/** What the list is narrowed by, in words. */
function Only({ fields, asked, whole }: { fields: Field[]; asked: URLSearchParams; whole: string }) {
  if (asked.size === 0) return null;
  const chosen = fields.flatMap(({ name, label, choices }) => {
    const choice = choices?.find(({ value }) => value === asked.get(name));
    return choice ? [`${label}: ${choice.label}`] : [];
  });
  return (
    <p>
      Shown here: {chosen.join("; ") || "only some cases"}. <a href={whole}>Show all again</a>
    </p>
  );
}

const pathOf = (asked: URLSearchParams) => (asked.size > 0 ? `/cases?${asked}` : "/cases");

function Carried({ view, asked }: { view: string; asked: URLSearchParams }) {
  const list = useRows<CaseRow>(`cases/?${new URLSearchParams([["view", view], ...asked])}`);
  return (
    <>
      {view === "lead" && asked.size === 0 && <ExportLink list="cases" />}
      <Listing list={list} empty={<Nothing view={view} isNarrowed={asked.size > 0} />}>
        {(rows) => <CaseCards rows={rows} />}
      </Listing>
    </>
  );
}

function Nothing({ view, isNarrowed }: { view: string; isNarrowed: boolean }) {
  if (isNarrowed) return <p>No open case is like this now.</p>;
  if (view !== "mine") return <p>When your agency leads the help for a child, the case is listed here.</p>;
  return (
    <p>
      Cases of which you are the lead practitioner are listed here.{" "}
      <a href="/cases?view=lead">See all that your agency leads</a>
    </p>
  );
}
