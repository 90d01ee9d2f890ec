/** What a report of needs is narrowed by: it lives in the address, and each filter in force can be taken away. */
import { useLocation } from "preact-iso/router";
import type { NeedsChoice, NeedsReport } from "../../api/types";
import { fieldId } from "../../ui/errors";

const NAMES = ["theme", "ward", "factor", "source", "decision", "age", "sex", "ethnicity", "needs", "period"];

export interface Filters {
  asked: Record<string, string>;
  /** Numbers, or rates per 1,000 people. */
  show: "number" | "rate";
}

/** Of an address only what the API knows is passed on, so that a stray parameter does not make the page fail. */
export function filtersOf(url: string): Filters {
  const given = new URL(url, location.origin).searchParams;
  const asked = NAMES.flatMap((name) => {
    const value = given.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { asked: Object.fromEntries(asked), show: given.get("show") === "rate" ? "rate" : "number" };
}

export function pathWith({ asked, show }: Filters, other: Record<string, string>): string {
  const all = { ...asked, ...(show === "rate" && { show }), ...other };
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value));
  return query.size > 0 ? `/needs?${query}` : "/needs";
}

export function choiceOf(found: NeedsReport, name: string): NeedsChoice {
  return found.choices.find((choice) => choice.name === name) as NeedsChoice;
}

interface Props {
  found: NeedsReport;
  filters: Filters;
}

export function NeedsFilter({ found, filters }: Props) {
  const { route } = useLocation();
  const offered = found.choices.filter(({ name }) => name !== "theme");
  const chosen = offered.filter(({ chosen }) => chosen);
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    route(
      pathWith(filters, Object.fromEntries(offered.map(({ name }) => [name, String(given.get(name) ?? "")]))),
      true,
    );
  };
  return (
    <form class="app-search" aria-label="Which referrals" onSubmit={apply} autocomplete="off">
      <details class="app-filter" open={matchMedia("(min-width: 48em)").matches || chosen.length > 0}>
        <summary class="app-filter__summary">
          <h2 class="govuk-heading-s">Filter</h2>
        </summary>
        {chosen.length > 0 && <Chosen chosen={chosen} filters={filters} />}
        {offered.map((choice) => (
          <Narrow key={choice.name} choice={choice} />
        ))}
        <button type="submit" class="govuk-button">
          Show
        </button>
      </details>
    </form>
  );
}

function Narrow({ choice: { name, label, chosen, options } }: { choice: NeedsChoice }) {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={fieldId(name)}>
        {label}
      </label>
      <select class="govuk-select" id={fieldId(name)} name={name}>
        <option value="">{name === "period" ? "12 months" : "Any"}</option>
        {options.map(({ code, label }) => (
          <option key={code} value={code} selected={code === chosen}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Chosen({ chosen, filters }: { chosen: NeedsChoice[]; filters: Filters }) {
  return (
    <ul class="moj-filter-tags">
      {chosen.map(({ name, chosen, options }) => (
        <li key={name}>
          <a class="app-filter__tag" href={pathWith(filters, { [name]: "" })}>
            <span class="govuk-visually-hidden">Remove the filter </span>
            {options.find(({ code }) => code === chosen)?.label} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
