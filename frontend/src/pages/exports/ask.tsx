/** Asking for a list as a file: in which format, who will have it, and what for. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Export, ExportForm, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { labelOf } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { OneForm } from "../../ui/fields/one_form";
import { Page } from "../../ui/page";
import { asOption } from "../people/place";

const LABEL = "Export this list";
/** Of these a list may be narrowed to several. */
const SEVERAL = ["states"];

/** The filters of the address as the API takes them. */
function filtersOf(asked: URLSearchParams): Values {
  const names = [...new Set(asked.keys())].filter((name) => name !== "list");
  return Object.fromEntries(
    names.map((name) => [name, SEVERAL.includes(name) ? asked.getAll(name) : (asked.get(name) ?? "")]),
  );
}

export default function AskRoute() {
  const { url, route } = useLocation();
  // As it was on arrival: on leaving, the address is the next page's already.
  const [asked] = useState(() => new URL(url, location.origin).searchParams);
  const resource = useResource<ExportForm>(`exports/form/?${asked}`);
  const form = resource.data.value;
  const action = useAction();
  const submit = async () => {
    if (!form) return;
    const also = { list: asked.get("list") ?? "", filters: filtersOf(asked) };
    const made = await action.submit(asOption(LABEL, "/api/v1/exports/", form.input), undefined, also);
    if (!(made as Export | null)) return;
    forgetAll();
    route("/exports");
  };
  return (
    <Page
      title={LABEL}
      caption={form?.title}
      back={{ href: "/exports", label: labelOf("exports", "Exports") }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={form !== null}
    >
      {form && (
        <OneForm
          action={action}
          fields={form.input}
          heading={LABEL}
          does="Make the file"
          doing="Asking…"
          onSubmit={submit}
        >
          <p>
            The file holds the rows that you may see when it is made, in these {form.is_several ? "sheets" : "columns"}:{" "}
            {form.columns.join(", ")}. It is written down who had it, and it is deleted after 7 days.
          </p>
        </OneForm>
      )}
    </Page>
  );
}
