/** The cases a person works on, and those that their agency leads: what is due next first, and one found by its name. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { CaseRow, Field, FoundCases, Values } from "../../api/types";
import { explain } from "../../lib/explain";
import { useResource, useRows } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { CaseCards } from "./list";

const VIEWS = [
  { view: "mine", label: "My cases", href: "/cases" },
  { view: "lead", label: "All that my agency leads", href: "/cases?view=lead" },
  { view: "closed", label: "Closed cases", href: "/cases/closed" },
];

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
    <Page title={VIEWS.find((one) => one.view === view)?.label ?? "Cases"} hasErrors={failure !== null}>
      {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />}
      <Views current={view} />
      <Search errors={failure?.fields ?? {}} onLook={look} onAll={found ? () => setFound(null) : undefined} />
      <div role="status">{found && <FoundHere found={found} />}</div>
      {!found && <Carried view={view} />}
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

function Carried({ view }: { view: string }) {
  const list = useRows<CaseRow>(`cases/?view=${view}`);
  const empty =
    view === "mine" ? (
      <p>
        Cases of which you are the lead practitioner are listed here.{" "}
        <a href="/cases?view=lead">See all that your agency leads</a>
      </p>
    ) : (
      <p>When your agency leads the help for a child, the case is listed here.</p>
    );
  return (
    <Listing list={list} empty={empty}>
      {(rows) => <CaseCards rows={rows} />}
    </Listing>
  );
}

export function Views({ current }: { current: string }) {
  return (
    <nav class="app-views" aria-label="Which cases">
      {VIEWS.map((one) => (
        <a key={one.view} href={one.href} aria-current={one.view === current ? "page" : undefined}>
          {one.label}
        </a>
      ))}
    </nav>
  );
}
