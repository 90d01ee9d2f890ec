/** The looks at one child or by one person, or all of them, narrowed by agency and kind: for information governance. */
import { useLocation } from "preact-iso/router";
import type { LooksForm, Visit } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Choice } from "./narrow";
import { Visits } from "./visits";

interface Props {
  of: "child" | "person" | "all";
  id: string;
  query: Record<string, string>;
}

const TITLES = { child: "Who looked at this child", person: "What this person looked at", all: "The latest looks" };
const FILTERS = ["agency", "kind", "refused"];

export function Looks({ of, id, query }: Props) {
  const { path, route } = useLocation();
  const form = useResource<LooksForm>("looks/form/");
  const asked = new URLSearchParams(of === "all" ? {} : { [of]: id });
  for (const name of FILTERS) if (query[name]) asked.set(name, query[name]);
  const list = useRows<Visit>(`looks/?${asked}`);
  const narrow = (name: string, value: string) => {
    const chosen = new URLSearchParams(Object.entries({ ...query, [name]: value }).filter(([, given]) => given));
    route(chosen.size > 0 ? `${path}?${chosen}` : path);
  };
  return (
    <Page
      title={TITLES[of]}
      back={{ href: "/looks", label: labelOf("looks", "Who looked") }}
      error={form.error.value}
      retry={form.load}
      ready={form.data.value !== null}
    >
      {form.data.value && <Filters form={form.data.value} query={query} narrow={narrow} />}
      {of === "child" && (
        <p>
          <a href={`/shares/child/${id}`}>What was shared about this child</a>
        </p>
      )}
      <Visits list={list} linked={of !== "person"} />
    </Page>
  );
}

interface FilterProps {
  form: LooksForm;
  query: Record<string, string>;
  narrow: (name: string, value: string) => void;
}

function Filters({ form, query, narrow }: FilterProps) {
  return (
    <form class="app-search" onSubmit={(event) => event.preventDefault()} aria-label="Narrow the list">
      <Choice name="agency" label="Agency" all="All agencies" choices={form.agencies} {...{ query, narrow }} />
      <Choice name="kind" label="What was done" all="Anything" choices={form.kinds} {...{ query, narrow }} />
      <Choice
        name="refused"
        label="Answered or refused"
        all="Both"
        choices={[{ value: "yes", label: "Only what was refused" }]}
        {...{ query, narrow }}
      />
    </form>
  );
}
