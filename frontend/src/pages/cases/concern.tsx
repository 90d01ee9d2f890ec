/** One peer or place of concern: what is known now, and what was said of it before. */
import type { Concern } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { Facts } from "./concerns";

export default function ConcernRoute({ params }: { params: { id: string } }) {
  return <ConcernPage key={params.id} id={params.id} />;
}

function ConcernPage({ id }: { id: string }) {
  const resource = useResource<Concern>(`concerns/${id}/`);
  const concern = resource.data.value;
  const list = concern ? `/cases/${concern.case_id}/concerns` : "/cases";
  return (
    <Page
      title="Peer or place of concern"
      caption={concern ? `Case ${concern.case_reference}` : "Case"}
      back={{ href: list, label: concern ? "Peers and places of concern" : "Cases" }}
      error={resource.error.value}
      retry={resource.load}
      ready={concern !== null}
    >
      {concern && (
        <div class="app-record">
          <aside class="app-record__aside" aria-label="What you can do">
            <Options options={concern.options} back={list} />
          </aside>
          <div class="app-record__main">
            <h2 class="govuk-heading-m">
              {concern.kind_label}: {concern.name}
            </h2>
            <Facts concern={concern} />
            {concern.past.length > 1 && <Past past={concern.past} />}
          </div>
        </div>
      )}
    </Page>
  );
}

function Past({ past }: { past: Concern["past"] }) {
  return (
    <section class="app-section" aria-labelledby="past">
      <h2 class="govuk-heading-m" id="past">
        Each time it was looked at
      </h2>
      {past.map((turn) => (
        <article class="app-card" key={turn.at}>
          <h3 class="govuk-heading-s">
            {dateTimeText(turn.at)}, {turn.by}
          </h3>
          <SummaryList
            rows={[
              { label: "Concern", value: turn.what },
              { label: "What was known", value: turn.text },
              { label: "To be looked at again by", value: dateText(turn.review_on) },
              { label: "Based on", value: turn.reason },
            ]}
          />
        </article>
      ))}
    </section>
  );
}
