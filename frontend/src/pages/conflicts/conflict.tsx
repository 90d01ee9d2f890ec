/** One declared conflict of interest: who, how, what a manager made of it, and what can be done. */
import type { ConflictDetail } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function ConflictRoute({ params }: { params: { id: string } }) {
  return <ConflictPage key={params.id} id={params.id} />;
}

function ConflictPage({ id }: { id: string }) {
  const resource = useResource<ConflictDetail>(`conflicts/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title="Conflict of interest"
      back={{ href: "/conflicts", label: labelOf("conflicts", "Conflicts of interest") }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && (
        <>
          <SummaryList
            rows={[
              { label: "Declared by", value: `${one.person}, ${one.agency}` },
              { label: "When", value: dateTimeText(one.declared_at) },
              { label: "About", value: one.about },
              { label: "How they know the family", value: one.kind },
              { label: "What they wrote", value: one.note },
              { label: "Confirmed by", value: one.confirmed_by },
              { label: "Ended by", value: one.ended_by },
              { label: "Why", value: one.reason },
            ]}
          />
          <Options options={one.options} />
        </>
      )}
    </Page>
  );
}
