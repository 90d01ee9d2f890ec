/** Adding somebody to this agency, or changing the role, team or title of somebody who is here. */
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Choice, Field, Option, PersonDetail } from "../../api/types";
import { useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { session } from "../../session";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";

const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({
  name,
  label,
  hint: "",
  kind: "text",
  required: true,
  choices: null,
  max_length: 200,
  fields: null,
  show_if: null,
  not_known: false,
  ...more,
});

const placed = (roles: Choice[], teams: Choice[]): Field[] => [
  field("role", "What is their role?", { kind: "choice", choices: roles }),
  field("team_id", "Which team?", { kind: "choice", choices: teams, required: false }),
  field("job_title", "Job title", { required: false, max_length: 120 }),
];

export const asOption = (label: string, url: string, input: Field[]): Option => ({
  name: label,
  label,
  hint: "",
  kind: "command",
  obstacles: [],
  tells: [],
  needs_second_person: "",
  url,
  input,
});

const TAKES_EFFECT = "It takes effect with their next step.";

/** Somebody new: which roles and teams there are is known from one's own entry. */
export function Add() {
  const mine = session.value?.membership?.id ?? "";
  return <Place id={mine} adding />;
}

export default function ChangeRoute({ params }: { params: { id: string } }) {
  return <Place key={params.id} id={params.id} adding={false} />;
}

function Place({ id, adding }: { id: string; adding: boolean }) {
  const { route } = useLocation();
  const resource = useResource<PersonDetail>(`people/${id}/`);
  const person = resource.data.value;
  const action = useAction();
  const label = adding ? "Add somebody" : "Change role or team";
  useEffect(() => {
    if (!person || adding) return;
    action.set("role", person.role);
    action.set("team_id", person.team_id);
    action.set("job_title", person.job_title);
  }, [person?.id]);
  const who = [field("name", "Name"), field("email", "Email at work", { max_length: 254 })];
  const input = person ? [...(adding ? who : []), ...placed(person.roles, person.teams)] : [];
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const url = adding ? "/api/v1/people/" : `/api/v1/people/${id}/change/`;
    const result = (await action.submit(asOption(label, url, input), undefined)) as PersonDetail | null;
    if (!result) return;
    forgetAll();
    const invited = adding && result.may_invite;
    const lines = [invited ? `We send ${result.email} a link to choose a password.` : TAKES_EFFECT];
    notice.value = { title: `${result.name}: ${result.role_label}`, lines };
    route(`/people/${result.id}`);
  };
  return (
    <Page
      title={label}
      caption={adding ? undefined : person?.name}
      back={{ href: adding ? "/people" : `/people/${id}`, label: "Back" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={person !== null}
    >
      <form onSubmit={submit} noValidate autocomplete="off">
        {action.failure && (
          <ErrorSummary reasons={action.failure.reasons} fields={action.failure.fields} attempt={action.attempt} />
        )}
        <FormFields fields={input} values={action.values} errors={action.failure?.fields ?? {}} onChange={action.set} />
        <button type="submit" class="govuk-button" disabled={action.busy}>
          {action.busy ? "Sending…" : label}
        </button>
      </form>
    </Page>
  );
}
