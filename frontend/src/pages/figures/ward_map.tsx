/** The wards beside each other: as tiles, or in their real shapes where a file of them is in place. */
import type { NeedsReport, WardMap, WardNumber } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Linked } from "../../ui/charts/frame";
import { Tiles } from "../../ui/charts/tiles";
import { highest, numberText } from "./most";
import { type Filters, pathWith } from "./needs_filter";
import { Shapes } from "./ward_shapes";

export interface ShownWard extends WardNumber {
  value: number | null;
  text: string;
  /** Where the report of that ward alone is; it has nothing to show where there are too few. */
  href?: string;
}

interface Props {
  found: NeedsReport;
  filters: Filters;
}

const NOTHING = "None, or too few";
const PER = "per 1,000 people of all ages";

export function Wards({ found, filters }: Props) {
  const map = useResource<WardMap>("figures/needs/map/");
  const wards = found.wards.map((ward) => shown(ward, filters));
  const said = {
    finding: [findingOf(found, filters.show), hiddenIn(found), aside(found, filters)].filter(Boolean).join(" "),
    table: {
      caption: "Referrals by ward",
      head: ["Ward", "About how many", `About how many ${PER}`],
      rows: told(wards),
    },
  };
  const hasShapes = (map.data.value?.wards.length ?? 0) > 0;
  return (
    <>
      <h2 class="govuk-heading-m">Wards</h2>
      <Measures filters={filters} />
      {map.data.value && hasShapes ? (
        <Shapes {...said} map={map.data.value} wards={wards} />
      ) : (
        <Tiles {...said} tiles={wards} />
      )}
    </>
  );
}

function Measures({ filters }: { filters: Filters }) {
  const each = [
    { show: "number", label: "Number" },
    { show: "rate", label: `Rate ${PER}` },
  ] as const;
  return (
    <nav class="app-views" aria-label="Which measure">
      {each.map(({ show, label }) => (
        <a
          key={show}
          href={pathWith({ ...filters, show }, {})}
          aria-current={show === filters.show ? "page" : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

function shown(ward: WardNumber, filters: Filters): ShownWard {
  const value = filters.show === "rate" ? ward.rate : ward.number;
  if (value === null) return { ...ward, value, text: "–" };
  return { ...ward, value, text: textOf(value, filters.show), href: pathWith(filters, { ward: ward.id }) };
}

function textOf(value: number, show: Filters["show"]) {
  return show === "rate" ? value.toFixed(1) : numberText(value);
}

function told(wards: ShownWard[]) {
  const named = [...wards].sort((one, other) => one.label.localeCompare(other.label));
  return named.map(({ id, label, number, rate, href }) => ({
    id,
    cells: [<Linked href={href}>{label}</Linked>, number ?? NOTHING, rate?.toFixed(1) ?? NOTHING],
  }));
}

function findingOf({ wards, rate }: NeedsReport, show: Filters["show"]) {
  const shown = wards.flatMap((ward) => (ward[show] === null ? [] : [{ label: ward.label, number: ward[show] }]));
  if (shown.length === 0) return "No ward had enough referrals to show.";
  const { name, value } = highest(shown, (number) => textOf(number, show));
  if (show === "number") return `Most came from ${name}: ${value}.`;
  return `Most for its size came from ${name}: ${value} ${PER}. From all wards together: about ${rate.toFixed(1)}.`;
}

function hiddenIn({ wards }: NeedsReport) {
  const hidden = wards.filter(({ number }) => number === null).length;
  return hidden > 0 && `In ${hidden} of ${wards.length} wards there were none, or too few to show.`;
}

function aside({ no_ward }: NeedsReport, { asked }: Filters) {
  if (asked.ward) return "The map shows all wards, the rest of the page the one that was chosen.";
  return no_ward > 0 && `Of about ${no_ward} the ward is not known.`;
}
