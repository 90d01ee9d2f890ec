/** One emergency reading: who, why, until when; what was opened and read; what others said of it, and what can be done. */
import type { BreakGlassDetail } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { VisitCards } from "./visits";

export function OneGlass({ id }: { id: string }) {
  const resource = useResource<BreakGlassDetail>(`break-glass/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title="Emergency reading"
      caption={one ? one.person : undefined}
      back={{ href: "/break-glass", label: labelOf("break-glass", "Emergency reading") }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && <Body one={one} />}
    </Page>
  );
}

const until = (one: BreakGlassDetail) => {
  if (one.ended_at) return `${dateTimeText(one.ended_at)}, closed by ${one.is_own ? "you" : one.person}`;
  return dateTimeText(one.ends_at);
};

function Body({ one }: { one: BreakGlassDetail }) {
  return (
    <>
      <Opened one={one} />
      <SummaryList
        rows={[
          { label: "Who", value: `${one.person}, ${one.role}, ${one.agency}` },
          { label: "Why", value: one.reason_label },
          { label: "In their own words", value: one.reason },
          { label: "Opened", value: dateTimeText(one.opened_at) },
          { label: one.is_open ? "Open until" : "Was open until", value: until(one) },
          { label: "That day", value: one.nth > 1 ? `Number ${one.nth} of this person` : "The first of this person" },
          { label: "What their manager says", value: one.look && `${one.look} (${one.looked_by})` },
          {
            label: "Decision",
            value: one.outcome_label
              ? `${one.outcome_label}: ${one.decision} (${one.decided_by})`
              : `Waits for information governance, until ${dateTimeText(one.review_due_at)}`,
          },
        ]}
      />
      {!one.is_own && <Read one={one} />}
      <Options options={one.options} />
    </>
  );
}

function Opened({ one }: { one: BreakGlassDetail }) {
  return (
    <section class="app-section" aria-labelledby="opened">
      <h2 class="govuk-heading-m" id="opened">
        {one.is_open ? "What is open" : "What was open"}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {one.opened.map(({ reference, url }) => (
          <li key={reference}>{url && one.is_open ? <a href={url}>{reference}</a> : reference}</li>
        ))}
      </ul>
    </section>
  );
}

function Read({ one }: { one: BreakGlassDetail }) {
  return (
    <section class="app-section" aria-labelledby="read">
      <h2 class="govuk-heading-m" id="read">
        What was read
      </h2>
      {one.visits.length > 0 ? <VisitCards rows={one.visits} /> : <p>Nothing: no page of these records was opened.</p>}
    </section>
  );
}
