/** Find a service: words and filters that live in the address, results as cards. */
import { useLocation } from "preact-iso/router";
import type { Field, ServiceRow } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { ServiceCards } from "./cards";
import { ServiceFilter } from "./filter";

/** Of an address only what the API knows is passed on, so that a stray parameter does not make the list fail. */
function askedFor(url: string, fields: Field[]): URLSearchParams {
  const given = new URL(url, location.origin).searchParams;
  const kept = new URLSearchParams();
  for (const name of ["view", "q", ...fields.map((field) => field.name)]) {
    const value = given.get(name);
    if (value) kept.set(name, value);
  }
  return kept;
}

interface Filters {
  fields: Field[];
  acts: { name: string; label: string }[];
}

const PATHS: Record<string, string> = { add: "/services/new", import: "/services/import" };

export default function Services() {
  const filters = useResource<Filters>("services/filters/");
  return (
    <Page
      title={labelOf("services", "Find a service")}
      error={filters.error.value}
      retry={filters.load}
      ready={filters.data.value !== null}
    >
      {filters.data.value && <Found filters={filters.data.value} />}
    </Page>
  );
}

function Found({ filters: { fields, acts } }: { filters: Filters }) {
  const { url, route } = useLocation();
  const asked = askedFor(url, fields);
  const query = asked.toString();
  const list = useRows<ServiceRow>(`services/${query && `?${query}`}`);
  const apply = (next: URLSearchParams) => route(`/services${next.size > 0 ? `?${next}` : ""}`, true);
  const kept = asked.get("view") === "kept";
  return (
    <>
      <nav class="app-views" aria-label="Which services">
        <a href="/services" aria-current={kept ? undefined : "page"}>
          All services
        </a>
        <a href="/services?view=kept" aria-current={kept ? "page" : undefined}>
          Kept by your agency
        </a>
        {acts.map((act) => (
          <a key={act.name} href={PATHS[act.name]}>
            {act.label}
          </a>
        ))}
      </nav>
      <div class="app-with-filter">
        <ServiceFilter key={query} fields={fields} asked={asked} onApply={apply} />
        <section aria-label="Services found">
          <Listing list={list} empty={<Nothing asked={asked} kept={kept} />}>
            {(rows) => <ServiceCards rows={rows} />}
          </Listing>
        </section>
      </div>
    </>
  );
}

function Nothing({ asked, kept }: { asked: URLSearchParams; kept: boolean }) {
  if (asked.size > (kept ? 1 : 0)) {
    return (
      <p>
        No service matches all of this. <a href={kept ? "/services?view=kept" : "/services"}>Start again</a>, or take a
        filter away.
      </p>
    );
  }
  return kept ? (
    <p>Your agency keeps no services yet. When a manager adds one, it is listed here.</p>
  ) : (
    <p>No service has been entered yet. What agencies offer is listed here, with how much room each has.</p>
  );
}
