/** What pages of figures have in common: their frame, the choice of days, and a record that a number counts. */
import type { ComponentChildren } from "preact";
import { clockTime, dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { KeepThis } from "../saved/saved";

/** The pages whose address can be kept under a name (administration/keeping.py). */
const KEPT = ["figures", "outcomes"];

interface FrameProps<Found> {
  place: string;
  label: string;
  path: string;
  children: (found: Found) => ComponentChildren;
}

export function Frame<Found>({ place, label, path, children }: FrameProps<Found>) {
  const resource = useResource<Found>(path);
  const found = resource.data.value;
  const { value: error } = resource.error;
  return (
    <Page title={labelOf(place, label)} error={error} retry={resource.load} ready={found !== null}>
      {found && children(found)}
      {found && KEPT.includes(place) && <KeepThis />}
    </Page>
  );
}

interface PeriodsProps {
  path: string;
  found: { period: string; periods: { code: string; label: string }[] };
}

export function Periods({ path, found }: PeriodsProps) {
  return (
    <Choices
      label="Which days"
      options={found.periods}
      chosen={found.period}
      path={(code) => `${path}?period=${code}`}
    />
  );
}

interface ChoicesProps {
  label: string;
  options: { code: string; label: string }[];
  chosen: string;
  path: (code: string) => string;
}

/** A few ways to look at the same page, side by side. */
export function Choices({ label, options, chosen, path }: ChoicesProps) {
  return (
    <nav class="app-views" aria-label={label}>
      {options.map((one) => (
        <a key={one.code} href={path(one.code)} aria-current={one.code === chosen ? "page" : undefined}>
          {one.label}
        </a>
      ))}
    </nav>
  );
}

/** Numbers are counted by the minute, lists when they are opened: whoever sees them differ should know why. */
export function CountedAt({ found: { as_of: asOf, aside } }: { found: { as_of: string; aside: number } }) {
  const day = dateText(asOf);
  const today = day === dateText(new Date().toISOString());
  return (
    <p class="app-quiet">
      Counted at {clockTime(asOf)}
      {today ? "" : ` on ${day}`}. What was recorded since then is in the lists behind the numbers already.
      {aside > 0 &&
        ` What was recorded last of ${aside === 1 ? "one child" : `${aside} children`} could not be counted, so the numbers have them as they were before. It is tried again every hour.`}
    </p>
  );
}

export function HowCounted({ children }: { children: ComponentChildren }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How this is counted</span>
      </summary>
      <div class="govuk-details__text">{children}</div>
    </details>
  );
}

/** Its reference leads to it where its page may be opened. */
export function RecordHead({ url, name }: { url: string | null; name: string }) {
  return (
    <p class="app-card__head">
      {url ? (
        <a class="app-card__link" href={url}>
          {name}
        </a>
      ) : (
        <strong>{name}</strong>
      )}
    </p>
  );
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** A whole month by its first day. */
export function monthText(day: string | undefined) {
  return day ? MONTH.format(new Date(`${day.slice(0, 7)}-01T00:00:00Z`)) : "";
}
