/** What pages of figures have in common: their frame, the choice of days, and a record that a number counts. */
import type { ComponentChildren } from "preact";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";

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
    </Page>
  );
}

interface PeriodsProps {
  path: string;
  found: { period: string; periods: { code: string; label: string }[] };
}

export function Periods({ path, found }: PeriodsProps) {
  return (
    <nav class="app-views" aria-label="Which days">
      {found.periods.map(({ code, label }) => (
        <a key={code} href={`${path}?period=${code}`} aria-current={code === found.period ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
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
