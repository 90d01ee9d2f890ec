/** One hold: why a record is kept, who said so, and how it is released. */
import type { Hold } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { WaitingConfirmation } from "../confirmations/waiting";

export default function HoldRoute({ params }: { params: { id: string } }) {
  return <HoldPage key={params.id} id={params.id} />;
}

function HoldPage({ id }: { id: string }) {
  const resource = useResource<Hold>(`holds/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title={one ? `Hold on ${one.reference}` : "Hold"}
      back={{ href: "/retention?view=held", label: "Held" }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && (
        <>
          {one.confirmation && <WaitingConfirmation confirmation={one.confirmation} />}
          <SummaryList
            rows={[
              { label: "Why", value: one.reason },
              { label: "What others should know", value: one.words },
              { label: "Placed by", value: `${one.placed_by}, ${one.agency}, ${dateTimeText(one.placed_at)}` },
              { label: "Why it was released", value: one.release_reason },
              {
                label: "Released by",
                value: one.released_at && `${one.released_by.join(" and ")}, ${dateTimeText(one.released_at)}`,
              },
            ]}
          />
          <Options options={one.options} />
        </>
      )}
    </Page>
  );
}
