/** How much room a service had when its keeper last said so. */
import type { ServiceRow } from "../api/types";
import { dateText } from "../lib/format";

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
