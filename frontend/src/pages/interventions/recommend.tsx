/** Referring on to one service: what it is for, in the family's words; what they are asked comes next. */
import { useLocation } from "preact-iso/router";
import type { CaseServices, Intervention, Option, Service } from "../../api/types";
import { useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, remember, useResource } from "../../lib/resource";
import { Evidence } from "../../ui/evidence";
import { FormFields } from "../../ui/fields/field";
import { optionPath } from "../../ui/options";
import { NOTHING_YET, Page } from "../../ui/page";
import { Room } from "../../ui/room";
import { Problems } from "../act/problems";

export default function RecommendRoute({ params }: { params: { id: string; service: string } }) {
  return <Recommend key={params.service} {...params} />;
}

function Recommend({ id, service }: { id: string; service: string }) {
  const { route } = useLocation();
  const found = useResource<CaseServices>(`cases/${id}/services/`);
  const entry = useResource<Service>(`services/${service}/`);
  const action = useAction();
  const option = found.data.value?.recommend ?? null;
  const back = `/cases/${id}/services`;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!option) return;
    // The service is in the address and not asked again.
    const made = (await action.submit(asked(option), undefined, { service_id: service })) as Intervention | null;
    if (!made) return;
    forgetAll();
    remember(`interventions/${made.id}/`, made);
    notice.value = {
      title: "The service is recommended",
      lines: ["Nobody there has been asked yet. Ask them now, or later from the page of this service."],
    };
    const next = made.options.find(({ primary, obstacles }) => primary && obstacles.length === 0);
    route(next ? optionPath(next) : `/interventions/${made.id}`);
  };

  return (
    <Page
      title="Recommend this service"
      caption={entry.data.value?.name ?? NOTHING_YET}
      back={{ href: back, label: "Refer on to a service" }}
      hasErrors={action.failure !== null}
      narrow
      error={found.error.value}
      retry={found.load}
      ready={found.data.value !== null}
    >
      {option ? (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible />
          <p class="govuk-body-l">{option.hint}</p>
          {entry.data.value && <Known service={entry.data.value} />}
          <FormFields
            fields={asked(option).input}
            values={action.values}
            errors={action.failure?.fields ?? {}}
            heading={option.label}
            onChange={action.set}
          />
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button" disabled={action.busy}>
              {action.busy ? "Sending…" : option.label}
            </button>
            <a href={back}>Cancel</a>
          </div>
        </form>
      ) : (
        <p>This cannot be done now. The case may have been closed.</p>
      )}
    </Page>
  );
}

/** How long the family would wait, and how well it is known to help: read before anybody is asked. */
function Known({ service }: { service: Service }) {
  return (
    <>
      <p class="app-tags">
        <Room service={service} />
      </p>
      <Evidence service={service} />
    </>
  );
}

const asked = (option: Option): Option => ({
  ...option,
  input: option.input.filter(({ name }) => name !== "service_id"),
});
