/** A page that is one form the API describes, and what is said on the page that it leads to. */
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import type { Field, Option } from "../../api/types";
import { useAction } from "../../lib/action";
import { type Notice, notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { OneForm } from "../../ui/fields/one_form";
import { Page } from "../../ui/page";

interface Props {
  label: string;
  back: { href: string; label: string };
  /** Where the form is read, and where it is sent. */
  form: string;
  option: (input: Field[]) => Option;
  does: string;
  doing: string;
  done: Notice;
  children: ComponentChildren;
}

export function FormPage({ label, back, form: path, option, does, doing, done, children }: Props) {
  const { route } = useLocation();
  const resource = useResource<{ input: Field[] }>(path);
  const form = resource.data.value;
  const action = useAction();
  const submit = async () => {
    if (!form) return;
    const made = (await action.submit(option(form.input), undefined)) as { leads_to: string } | null;
    if (!made) return;
    forgetAll();
    notice.value = done;
    route(made.leads_to);
  };
  return (
    <Page
      title={label}
      back={back}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={form !== null}
    >
      {form && (
        <OneForm action={action} fields={form.input} heading={label} does={does} doing={doing} onSubmit={submit}>
          {children}
        </OneForm>
      )}
    </Page>
  );
}
