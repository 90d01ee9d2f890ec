/** How a case stood on any day, and what has changed between two days, in words. */
import { useLocation } from "preact-iso/router";
import type { CaseStanding } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Page } from "../../ui/page";
import { SummaryList } from "../../ui/summary";
import { Sections } from "./sections";

export default function HistoryRoute({ params }: { params: { id: string } }) {
  const { query } = useLocation();
  const { on = "", since = "" } = query;
  return <HistoryPage key={params.id + on + since} id={params.id} on={on} since={since} />;
}

interface Props {
  id: string;
  on: string;
  since: string;
}

function HistoryPage({ id, on, since }: Props) {
  const resource = useResource<CaseStanding>(`cases/${id}/standing/?${asked(on, since)}`);
  const standing = resource.data.value;
  return (
    <Page
      title="History"
      caption={standing ? `Case ${standing.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      onward={{ href: `/cases/${id}/history`, label: "How the case stands today" }}
      ready={standing !== null}
    >
      <Sections id={id} current="/history" />
      {standing && (
        <>
          <Days id={id} on={standing.on} since={standing.since ?? ""} />
          {standing.since && <Changes standing={standing} since={standing.since} />}
          <Stood standing={standing} />
        </>
      )}
    </Page>
  );
}

const asked = (on: string, since: string) =>
  new URLSearchParams({ ...(on && { on }), ...(since && { since }) }).toString();

function Days({ id, on, since }: Props) {
  const { route } = useLocation();
  const choose = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    route(`/cases/${id}/history?${asked(String(given.get("on")), String(given.get("since")))}`);
  };
  return (
    <form class="app-days" onSubmit={choose}>
      <Day name="on" label="As it stood on" value={on} />
      <Day name="since" label="What has changed since (if you want to compare)" value={since} />
      <button type="submit" class="govuk-button govuk-button--secondary">
        Show
      </button>
    </form>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={name}>
        {label}
      </label>
      <input class="govuk-input govuk-input--width-10" id={name} name={name} type="date" defaultValue={value} />
    </div>
  );
}

function Changes({ standing, since }: { standing: CaseStanding; since: string }) {
  return (
    <section class="app-section" aria-labelledby="changes">
      <h2 class="govuk-heading-m" id="changes">
        What has changed between {dateText(since)} and {dateText(standing.on)}
      </h2>
      {standing.changes.length === 0 && <p>Nothing of this has changed.</p>}
      <ul class="govuk-list app-actions">
        {standing.changes.map((one) => (
          <li key={one.section + one.label + one.before + one.after} class="app-options__item">
            <p>
              <strong>{one.label}</strong> <span class="app-quiet">{one.section}</span>
            </p>
            {one.before && <p class="app-answer">Before: {one.before}</p>}
            <p class="app-answer">{one.after ? `${one.before ? "Now" : "New"}: ${one.after}` : "No longer there."}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stood({ standing }: { standing: CaseStanding }) {
  const sections = [...new Set(standing.lines.map(({ section }) => section))];
  return (
    <section class="app-section" aria-labelledby="stood">
      <h2 class="govuk-heading-m" id="stood">
        At the end of {dateText(standing.on)}
      </h2>
      {sections.length === 0 && <p>There was no case yet.</p>}
      {sections.map((name) => (
        <div key={name}>
          <h3 class="govuk-heading-s">{name}</h3>
          <SummaryList
            rows={standing.lines
              .filter(({ section }) => section === name)
              .map(({ label, value }) => ({ label, value: value.split("\n") }))}
          />
        </div>
      ))}
    </section>
  );
}
