/** Services as calm cards: what it is, for whom, and how much room there is. */
import type { ServiceRow } from "../../api/types";
import { dateText } from "../../lib/format";
import { Cards } from "../../ui/rows";

type Capacity = ServiceRow["capacity"];
const COLOUR: Record<string, string> = { space: "green", waiting_list: "yellow", full: "grey" };

/** Room and wait with the day it was said; what is old says so before it says anything else. */
export function Room({ service }: { service: Pick<ServiceRow, "capacity" | "state" | "state_label"> }) {
  const { capacity, state, state_label } = service;
  if (state !== "active") return <strong class="govuk-tag govuk-tag--grey app-tag">{state_label}</strong>;
  const colour = (!capacity.is_old && COLOUR[capacity.code]) || "grey";
  return (
    <>
      <strong class={`govuk-tag govuk-tag--${colour} app-tag`}>{spaces(capacity)}</strong>
      <span class="app-quiet">{said(capacity)}</span>
    </>
  );
}

function spaces({ code, label, spaces: free }: Capacity): string {
  if (code !== "space" || !free) return label;
  return free === 1 ? "1 free place" : `${free} free places`;
}

function said({ said_at, is_old, wait_text }: Capacity): string {
  if (!said_at) return "Ring to ask.";
  const day = `said ${dateText(said_at)}`;
  if (is_old) return `This was ${day}: ring to ask.`;
  return wait_text ? `${wait_text}, ${day}.` : `S${day.slice(1)}.`;
}

export function ServiceCards({ rows }: { rows: (ServiceRow & { why?: string[] })[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/services/${row.id}`}>
              {row.name}
            </a>
            <Room service={row} />
          </p>
          <p>{row.summary}</p>
          <Why reasons={row.why ?? []} />
          <p class="app-quiet">
            {row.organisation} · {row.ages_text} · {row.area_text} · {row.cost_label}
          </p>
        </>
      )}
    </Cards>
  );
}

function Why({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}
