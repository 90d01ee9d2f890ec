/** Services that may help the child of one referral: the server looks, nothing about the child is in the address. */
import type { ServiceMatches } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { ServiceCards } from "./cards";

export default function SuggestedRoute({ params }: { params: { id: string } }) {
  return <Suggested key={params.id} id={params.id} />;
}

function Suggested({ id }: { id: string }) {
  const found = useResource<ServiceMatches>(`referrals/${id}/services/`);
  const matches = found.data.value;
  return (
    <Page
      title="Services that may help"
      back={{ href: `/referrals/${id}`, label: "The referral" }}
      error={found.error.value}
      retry={found.load}
      ready={matches !== null}
    >
      {matches && matches.looked_for.length > 0 && <p>Looked for: {matches.looked_for.join(" · ")}.</p>}
      {matches && matches.results.length > 0 && <ServiceCards rows={matches.results} />}
      {matches?.results.length === 0 && (
        <div class="app-empty">
          <p>
            No open service of the right age and place helps with this.{" "}
            <a href="/services">Look through all services</a>
          </p>
        </div>
      )}
    </Page>
  );
}
