/** Somebody leaves: what passes to whom is said before, and a caseload is given to others after. */
import { useLocation } from "preact-iso/router";
import type { Field, Person, PersonDetail } from "../../api/types";
import { useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { Warning } from "../../ui/banner";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { amounts } from "./held";
import { asOption } from "./place";

const LABEL = "End this role";
const FRONT_DOOR = "front_door";

export default function EndRoute({ params }: { params: { id: string } }) {
  return <EndPage key={params.id} id={params.id} />;
}

function successors(person: PersonDetail): Field[] {
  if (!person.is_last_manager) return [];
  const frontDoor = { value: FRONT_DOOR, label: "Nobody here: the front door minds the agency", hint: "", group: "" };
  return [
    {
      name: "successor_id",
      label: "Who manages the agency from now on?",
      hint: "An agency is never without a manager",
      kind: "choice",
      required: true,
      choices: [...person.successors, frontDoor],
      max_length: null,
      fields: null,
      show_if: null,
      not_known: false,
    },
  ];
}

function EndPage({ id }: { id: string }) {
  const { route } = useLocation();
  const resource = useResource<PersonDetail>(`people/${id}/`);
  const person = resource.data.value;
  const action = useAction(resource.load);
  const input = person ? successors(person) : [];
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const minded = action.values.successor_id === FRONT_DOOR;
    const asked = minded ? [] : input;
    const url = `/api/v1/people/${id}/end/`;
    const option = asOption(LABEL, url, minded ? [{ ...(input[0] as Field), name: "front_door_minds" }] : asked);
    if (minded) action.values.front_door_minds = true;
    const result = (await action.submit(option, undefined)) as Person | null;
    if (!result || !person) return;
    forgetAll();
    const { cases, tasks, actions, services } = person.held;
    const leftSomething = cases + tasks + actions + services > 0;
    const lines = leftSomething ? ["Give their work to others now: until then a manager minds it."] : [];
    notice.value = { title: `${person.name} has left`, lines };
    route(person.may_reassign && leftSomething ? `/people/${id}/reassign` : `/people/${id}`);
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
      {person?.ended_at && <p>This role has ended already.</p>}
      {person && !person.ended_at && (
        <form onSubmit={submit} noValidate autocomplete="off">
          {action.failure && (
            <ErrorSummary reasons={action.failure.reasons} fields={action.failure.fields} attempt={action.attempt} />
          )}
          <Passes person={person} />
          <FormFields
            fields={input}
            values={action.values}
            errors={action.failure?.fields ?? {}}
            onChange={action.set}
          />
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

function Passes({ person }: { person: PersonDetail }) {
  const held = amounts(person.held);
  return (
    <>
      <p class="govuk-body-l">
        {person.name} can do nothing here as {person.role_label.toLowerCase()} from their next step on.
      </p>
      {held.length === 0 && <p>They have nothing that somebody else would have to take on.</p>}
      {held.length > 0 && (
        <section aria-labelledby="passes">
          <h2 class="govuk-heading-m" id="passes">
            What passes on, at once
          </h2>
          <ul class="govuk-list govuk-list--bullet">
            {held.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>
            It passes to a manager of the team or the agency{person.passes_to && `, in most cases ${person.passes_to}`}.
            They are told. Each case is shown as minded until you choose a lead practitioner.
          </p>
        </section>
      )}
      {person.leaves_the_queue_alone && (
        <Warning>
          This is the last triage officer. All open referrals of your agency move to the front door at once.
        </Warning>
      )}
    </>
  );
}
