/** Adding a service, or changing its entry: one form, filled with what stands there. */
import { useLocation } from "preact-iso/router";
import type { Field, Option, Service, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { givenAnswers } from "../../lib/answers";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Changed } from "../act/changed";

const REVISE = "revise";

export default function EntryRoute({ params }: { params: { id?: string } }) {
  return params.id ? <Revise key={params.id} id={params.id} /> : <Add />;
}

function Add() {
  const form = useResource<Field[]>("services/form/");
  const fields = form.data.value;
  const option = fields && { label: "Add the service", url: "services/", input: fields };
  return (
    <Entry
      title="Add a service"
      back="/services?view=kept"
      resource={form}
      option={option}
      entry={{}}
      version={undefined}
    />
  );
}

function Revise({ id }: { id: string }) {
  const resource = useResource<Service>(`services/${id}/`);
  const service = resource.data.value;
  const option = service?.options.find(({ name }) => name === REVISE) ?? null;
  return (
    <Entry
      title={service ? `Change ${service.name}` : "Change the entry"}
      back={`/services/${id}`}
      resource={resource}
      option={option}
      entry={service?.entry ?? {}}
      version={service?.version}
    />
  );
}

interface Props {
  title: string;
  back: string;
  resource: ReturnType<typeof useResource>;
  option: Pick<Option, "label" | "url" | "input"> | null;
  entry: Values;
  version: number | undefined;
}

function Entry({ title, back, resource, option, entry, version }: Props) {
  const { route } = useLocation();
  const action = useAction(version === undefined ? undefined : resource.load);
  const values = { ...entry, ...action.values };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!option) return;
    const also = givenAnswers(option.input, values);
    const result = (await action.submit(option as Option, version, also)) as Service | null;
    if (!result) return;
    forgetAll();
    notice.value = { title: `“${option.label}” is done`, lines: ["Everybody who looks for a service sees it now."] };
    route(`/services/${result.id}`);
  };

  const { failure, attempt } = action;
  return (
    <Page
      title={title}
      back={{ href: back, label: "Back" }}
      hasErrors={failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={resource.data.value !== null}
    >
      {option ? (
        <form onSubmit={submit} noValidate autocomplete="off">
          {failure?.changed && <Changed changes={failure.changed} reasons={failure.reasons} possible />}
          {failure && !failure.changed && (
            <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />
          )}
          <FormFields fields={option.input} values={values} errors={failure?.fields ?? {}} onChange={action.set} />
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button" disabled={action.busy}>
              {action.busy ? "Saving…" : option.label}
            </button>
            <a href={back}>Cancel</a>
          </div>
        </form>
      ) : (
        <p>The managers of the agency that keeps this entry can change it.</p>
      )}
    </Page>
  );
}
