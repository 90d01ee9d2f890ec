/** The directory as it looks from one case: services of the right age and place, each with a way to recommend it. */
import type { CaseServices } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Room } from "../../ui/room";
import { Cards } from "../../ui/rows";

export default function FindRoute({ params }: { params: { id: string } }) {
  return <Find key={params.id} id={params.id} />;
}

function Find({ id }: { id: string }) {
  const found = useResource<CaseServices>(`cases/${id}/services/`);
  const matches = found.data.value;
  return (
    <Page
      title="Find a service"
      back={{ href: `/cases/${id}/interventions`, label: "Services of this case" }}
      error={found.error.value}
      retry={found.load}
      ready={matches !== null}
    >
      {matches && matches.looked_for.length > 0 && <p>Looked for: {matches.looked_for.join(" · ")}.</p>}
      {matches && matches.results.length > 0 && <Found id={id} matches={matches} />}
      {matches?.results.length === 0 && (
        <div class="app-empty">
          <p>
            No open service is of the right age and place. <a href="/services">Look through all services</a>
          </p>
        </div>
      )}
    </Page>
  );
}

function Found({ id, matches }: { id: string; matches: CaseServices }) {
  return (
    <Cards rows={matches.results}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a
              class="app-card__link"
              href={matches.recommend ? `/cases/${id}/services/${row.id}` : `/services/${row.id}`}
            >
              {row.name}
            </a>
            <Room service={row} />
          </p>
          <p>{row.summary}</p>
          {row.why.length > 0 && <p>{row.why.join(" · ")}</p>}
          <p class="app-quiet">
            {row.organisation} · {row.ages_text} · {row.area_text} · {row.cost_label}
          </p>
        </>
      )}
    </Cards>
  );
}
