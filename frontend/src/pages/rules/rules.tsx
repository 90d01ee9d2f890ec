/** The rules that flag referrals, and the bench: try a version on examples and count, before it is put in force. */
import { useState } from "preact/hooks";
import { ApiError, type FieldErrors, newKey, send } from "../../api/client";
import type { Bench, Rules } from "../../api/types";
import { explain } from "../../lib/explain";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { ErrorMessage, ErrorSummary, fieldId } from "../../ui/errors";
import { Page } from "../../ui/page";
import { Table } from "../../ui/rows";

const FIELD = "rules";
const NOT_JSON = "This is not JSON. Look for a missing comma or bracket.";

export default function RulesPage() {
  const resource = useResource<Rules>("rules/");
  const rules = resource.data.value;
  return (
    <Page
      title={labelOf("rules", "Rules that flag")}
      error={resource.error.value}
      retry={resource.load}
      ready={rules !== null}
    >
      {rules && <Workbench rules={rules} />}
    </Page>
  );
}

function Workbench({ rules }: { rules: Rules }) {
  const inForce = rules.versions.find((version) => version.is_in_force) ?? rules.versions[0];
  const [text, setText] = useState(JSON.stringify(inForce?.rules ?? [], null, 1));
  const bench = useBench();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void bench.attempt(text);
  };
  return (
    <>
      <p class="govuk-body-l">
        Rules flag a referral and suggest whom to ask when it is sent or amended. They never decide. Try a change here:
        nothing is written, and nobody is told.
      </p>
      <h2 class="govuk-heading-m">Versions</h2>
      <ul class="govuk-list govuk-list--bullet">
        {rules.versions.map((one) => (
          <li key={one.version}>
            Version {one.version}, from {dateText(one.in_force_from)}, by {one.by}: {one.note}
            {one.is_in_force && <strong> (in force)</strong>}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">Try rules</h2>
      {bench.failure && <ErrorSummary reasons={bench.failure.reasons} fields={bench.failure.fields} />}
      <form onSubmit={submit} noValidate>
        <div class={`govuk-form-group${bench.failure?.fields[FIELD] ? " govuk-form-group--error" : ""}`}>
          <label class="govuk-label" for={fieldId(FIELD)}>
            Rules as the file has them
          </label>
          <div class="govuk-hint app-code" id="rules-hint">
            The conditions there are: {rules.conditions.join(", ")}
          </div>
          {bench.failure?.fields[FIELD] && <ErrorMessage id="rules-error" sentences={bench.failure.fields[FIELD]} />}
          <textarea
            class="govuk-textarea app-code"
            id={fieldId(FIELD)}
            name={FIELD}
            rows={18}
            spellcheck={false}
            aria-describedby={bench.failure?.fields[FIELD] ? "rules-hint rules-error" : "rules-hint"}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="govuk-button" disabled={bench.busy}>
          {bench.busy ? "Trying…" : "Try these rules"}
        </button>
      </form>
      {bench.result && <Result bench={bench.result} />}
    </>
  );
}

function useBench() {
  const [result, setResult] = useState<Bench | null>(null);
  const [failure, setFailure] = useState<{ reasons: string[]; fields: FieldErrors } | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (text: string) => {
    let rules: unknown;
    try {
      rules = JSON.parse(text);
    } catch {
      return setFailure({ reasons: [], fields: { [FIELD]: [NOT_JSON] } });
    }
    setBusy(true);
    try {
      setResult(await send<Bench>("POST", "rules/try/", { body: { rules }, key: newKey() }));
      setFailure(null);
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      setFailure({ reasons: Object.keys(fields).length > 0 ? [] : explain(error), fields });
    } finally {
      setBusy(false);
    }
  };
  return { result, failure, busy, attempt };
}

function Result({ bench }: { bench: Bench }) {
  const few = `fewer than ${bench.fewest}`;
  const labels = new Map(bench.counts.map(({ code, label }) => [code, label]));
  const named = (codes: string[]) => codes.map((code) => labels.get(code) ?? code).join(", ");
  return (
    <section aria-label="What came of it" role="status">
      <Table
        caption={`Referrals of the last 90 days (${bench.referrals ?? few}), counted to the nearest ${bench.fewest}`}
        columns={[
          { label: "Rule", cell: (row) => row.label },
          { label: "Would be flagged", cell: (row) => row.count ?? few },
          { label: "Flagged by the rules in force", cell: (row) => row.count_now ?? few },
        ]}
        rows={bench.counts.map((row) => ({ ...row, id: row.code }))}
      />
      <Table
        caption="Made-up examples"
        columns={[
          { label: "Example", cell: (row) => row.name },
          { label: "Flags", cell: (row) => named(row.found) || "None" },
          {
            label: "As expected",
            cell: (row) => (row.as_expected ? "Yes" : `No: ${named(row.expected) || "nothing"}`),
          },
        ]}
        rows={bench.examples.map((row) => ({ ...row, id: row.name }))}
      />
    </section>
  );
}
