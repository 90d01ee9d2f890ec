/** One's own settings: how messages reach one by email. */

import { useLocation } from "preact-iso/router";
import type { Field, MessageSettings, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { givenAnswers } from "../../lib/answers";
import { notice } from "../../lib/navigation";
import { remember, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { FormFields } from "../../ui/fields/field";
import { Page } from "../../ui/page";
import { Changed } from "../act/changed";

const PATH = "settings/messages/";

export default function Settings() {
  const { route } = useLocation();
  const resource = useResource<MessageSettings>(PATH);
  const action = useAction(resource.load);
  const settings = resource.data.value;
  const values = { ...settings?.values, ...action.values };
  const { failure, attempt } = action;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!settings) return;
    const input = settings.input as Field[];
    const option = { url: settings.url, input } as Option;
    const result = (await action.submit(option, settings.version, givenAnswers(input, values))) as MessageSettings;
    if (!result) return;
    remember(PATH, result);
    notice.value = { title: "Your settings are saved", lines: ["They hold from the next message on."] };
    route("/messages");
  };

  return (
    <Page
      title="Settings"
      back={{ href: "/messages", label: "Messages" }}
      hasErrors={failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={settings !== null}
    >
      {settings && (
        <form onSubmit={submit} noValidate autocomplete="off">
          {failure?.changed && <Changed changes={failure.changed} reasons={failure.reasons} possible />}
          {failure && !failure.changed && (
            <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />
          )}
          <p class="govuk-body-l">
            Every message stands here, under Messages. Choose which ones you also get by email.
          </p>
          <p>An urgent message always comes at once. No email says anything about a child.</p>
          <FormFields
            fields={settings.input as Field[]}
            values={values}
            errors={failure?.fields ?? {}}
            heading="Settings"
            onChange={action.set}
          />
          <button type="submit" class="govuk-button" disabled={action.busy}>
            {action.busy ? "Saving…" : "Save settings"}
          </button>
        </form>
      )}
    </Page>
  );
}
