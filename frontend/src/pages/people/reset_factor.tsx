/** Somebody has lost the phone or the passkey with which they sign in: they may set up another. */
import { useLocation } from "preact-iso/router";
import type { PersonDetail } from "../../api/types";
import { useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { Page } from "../../ui/page";
import { asOption } from "./place";

const LABEL = "Reset the second step";

export default function ResetFactor({ params: { id } }: { params: { id: string } }) {
  const { route } = useLocation();
  const resource = useResource<PersonDetail>(`people/${id}/`);
  const person = resource.data.value;
  const action = useAction(resource.load);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const done = await action.submit(asOption(LABEL, `/api/v1/people/${id}/reset-sign-in/`, []), undefined);
    if (!done || !person) return;
    notice.value = { title: "Their second step is reset", lines: [`We have told ${person.name}.`] };
    route(`/people/${id}`);
  };
  return (
    <Page
      title={LABEL}
      caption={person?.name}
      back={{ href: `/people/${id}`, label: "Back" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={person !== null}
    >
      {person && (
        <form onSubmit={submit} noValidate autocomplete="off">
          {action.failure && <ErrorSummary reasons={action.failure.reasons} attempt={action.attempt} />}
          <p class="govuk-body-l">For somebody who has lost their phone or passkey and their recovery codes.</p>
          <p>Speak to {person.name} first, in person or on a number you know: whoever asks may be somebody else.</p>
          <p>They are signed out everywhere. With their password they then set up a new second step.</p>
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button govuk-button--warning" disabled={action.busy}>
              {action.busy ? "Sending…" : LABEL}
            </button>
            <a href={`/people/${id}`}>Cancel</a>
          </div>
        </form>
      )}
    </Page>
  );
}
