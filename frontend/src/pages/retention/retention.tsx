/** How long records are kept: what is due, what is held, lists to be deleted, certificates, and the schedule. */
import { useLocation } from "preact-iso/router";
import { labelOf } from "../../lib/navigation";
import { Page } from "../../ui/page";
import { CertificateList } from "./certificates";
import { DueList, RecordList } from "./due";
import { HoldList } from "./holds";
import { OrderList } from "./orders";
import { ScheduleTable } from "./schedule";

const VIEWS = [
  { view: "due", label: "Due", List: DueList },
  { view: "records", label: "Record by record", List: RecordList },
  { view: "held", label: "Held", List: HoldList },
  { view: "orders", label: "Lists to delete", List: OrderList },
  { view: "certificates", label: "Certificates", List: CertificateList },
  { view: "schedule", label: "Schedule", List: ScheduleTable },
] as const;

export default function Retention() {
  const { query } = useLocation();
  const { view: chosen, label: heading, List } = VIEWS.find(({ view }) => view === query.view) ?? VIEWS[0];
  return (
    <Page title={labelOf("retention", "Retention")}>
      <p>
        Records that have ended are kept as long as this partnership’s schedule says. Nothing is deleted by itself: a
        manager proposes a list, information governance and a second person agree, and for seven days it can be
        withdrawn.
      </p>
      <nav class="app-views" aria-label="Which list">
        {VIEWS.map(({ view, label }) => (
          <a key={view} href={`/retention?view=${view}`} aria-current={view === chosen ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <section class="app-section" aria-labelledby="chosen-list">
        <h2 class="govuk-heading-m" id="chosen-list">
          {heading}
        </h2>
        <List key={chosen} />
      </section>
    </Page>
  );
}
