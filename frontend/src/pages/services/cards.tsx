/** Services as calm cards: what it is, for whom, and how much room there is. */
import type { ServiceRow } from "../../api/types";
import { Room } from "../../ui/room";
import { Cards } from "../../ui/rows";

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
