/** Reporting a critical moment on one page; the answer says what happens now and nothing about the child. */
import { useState } from "preact/hooks";
import type { MomentForm, MomentReceipt, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { type Phone, Phones } from "../../ui/phones";

const LABEL = "Report a critical moment";

export default function Report() {
  const [receipt, setReceipt] = useState<MomentReceipt | null>(null);
  return receipt ? (
    <Thanks key="thanks" receipt={receipt} onAnother={() => setReceipt(null)} />
  ) : (
    <ReportPage key="report" onSent={setReceipt} />
  );
}

/** What the form sends, as the actions of every record are sent. */
const asOption = (form: MomentForm): Option => ({
  name: "report",
  label: "Send the report",
  hint: "",
  kind: "command",
  obstacles: [],
  tells: [],
  needs_second_person: "",
  url: "/api/v1/critical-moments/",
  input: form.input,
});

function ReportPage({ onSent }: { onSent: (receipt: MomentReceipt) => void }) {
  const resource = useResource<MomentForm>("critical-moments/form/");
  const form = resource.data.value;
  const action = useAction();
  const { failure } = action;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!form) return;
    const answer = (await action.submit(asOption(form), undefined)) as MomentReceipt | null;
    if (answer) onSent(answer);
  };

  return (
    <Page
      title={labelOf("critical", LABEL)}
      back={{ href: "/", label: "Home" }}
      hasErrors={failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={form !== null}
    >
      {form && (
        <form onSubmit={submit} noValidate autocomplete="off">
          {failure && <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={action.attempt} />}
          <p class="govuk-body-l">
            An arrest, going missing, a threat to life, hospital after violence, exclusion: the hours when a child is
            most likely to take help.
          </p>
          {action.values.danger_now === true && <CallFirst phones={form.phones} />}
          <FormFields
            fields={form.input}
            values={action.values}
            errors={failure?.fields ?? {}}
            heading={LABEL}
            onChange={action.set}
          />
          <button type="submit" class="govuk-button" disabled={action.busy}>
            {action.busy ? "Sending…" : "Send the report"}
          </button>
        </form>
      )}
    </Page>
  );
}

function CallFirst({ phones }: { phones: Phone[] }) {
  return (
    <section class="app-danger" aria-labelledby="call-first" aria-live="polite">
      <h2 class="govuk-heading-m" id="call-first">
        Call now, then come back
      </h2>
      <p>What you have typed stays here while you call. Write down whom you spoke to, then go on.</p>
      <Phones phones={phones} />
    </section>
  );
}

function Thanks({ receipt, onAnother }: { receipt: MomentReceipt; onAnother: () => void }) {
  return (
    <Page title={receipt.title} narrow>
      {receipt.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div class="govuk-button-group">
        <a class="govuk-button" href="/">
          Go to your home page
        </a>
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onAnother}>
          Report another one
        </button>
      </div>
    </Page>
  );
}
