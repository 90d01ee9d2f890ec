/** One version: what it says, what is different in it, what came of trying it, and the ways on. */
import type { Option, Version } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Banner } from "../../ui/banner";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { WaitingConfirmation } from "../confirmations/waiting";
import { Differences } from "./differences";
import { TrialResult } from "./trial";

/** Done at the entry it is about. */
const AT_ENTRIES = ["put_entry", "remove_entry"];

export default function VersionRoute({ params }: { params: { id: string } }) {
  return <VersionPage key={params.id} id={params.id} />;
}

function VersionPage({ id }: { id: string }) {
  const resource = useResource<Version>(`configurations/${id}/`);
  const version = resource.data.value;
  return (
    <Page
      title={version?.reference ?? "Version"}
      back={{ href: "/configurations", label: labelOf("configurations", "Rules and texts") }}
      error={resource.error.value}
      retry={resource.load}
      ready={version !== null}
      aside={version && <StateTag label={version.state_label} />}
    >
      {version && <Body version={version} />}
    </Page>
  );
}

function Body({ version }: { version: Version }) {
  const options = version.options.filter(({ name }: Option) => !AT_ENTRIES.includes(name));
  return (
    <>
      {version.confirmation && <WaitingConfirmation confirmation={version.confirmation} />}
      <div class="app-record">
        <aside class="app-record__aside" aria-label="Actions">
          <Options options={options} />
        </aside>
        <div class="app-record__main">
          <Facts version={version} />
          <Faults sentences={version.faults} />
          {version.takes_place_of !== null && (
            <div class="govuk-inset-text">
              Version {version.takes_place_of} is agreed, and its day is still to come. Once this draft counts, that one
              never will.
            </div>
          )}
          <Differences version={version} />
          {version.trial && <TrialResult version={version} trial={version.trial} />}
          <Entries version={version} />
        </div>
      </div>
    </>
  );
}

function Facts({ version }: { version: Version }) {
  return (
    <SummaryList
      rows={[
        { label: "Begun by", value: `${version.started_by}, ${dateText(version.started_at.slice(0, 10))}` },
        { label: "Asked for by", value: version.proposed_by },
        { label: "Agreed by", value: version.published_by },
        { label: "Agreed", value: version.proposed_by && dateTimeText(version.published_at) },
        { label: "Counts from", value: dateText(version.effective_on) },
        { label: "What and why", value: version.note },
      ]}
    />
  );
}

function Faults({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Banner title="Put right first">
      <ul class="govuk-list govuk-list--bullet">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Banner>
  );
}

function Entries({ version }: { version: Version }) {
  const may = (name: string) => version.options.some((option) => option.name === name);
  const at = (code: string) => `/configurations/${version.id}/entries/${encodeURIComponent(code)}`;
  return (
    <section class="app-section" aria-labelledby="entries">
      <h2 class="govuk-heading-m" id="entries">
        What it says
      </h2>
      {version.entries.length === 0 && <p>There is no {version.noun} in it.</p>}
      {version.entries.map((entry) => (
        <section key={entry.code} aria-label={entry.title}>
          <h3 class="govuk-heading-s">{entry.title}</h3>
          <SummaryList rows={entry.lines.filter(({ value }) => value !== entry.title)} />
          {may("put_entry") && (
            <p>
              <a href={at(entry.code)}>
                Change<span class="govuk-visually-hidden"> {lowerFirst(entry.title)}</span>
              </a>
              {version.can_add && may("remove_entry") && (
                <>
                  {" · "}
                  <a href={`${at(entry.code)}?remove=1`}>
                    Remove<span class="govuk-visually-hidden"> {lowerFirst(entry.title)}</span>
                  </a>
                </>
              )}
            </p>
          )}
        </section>
      ))}
      {version.can_add && may("put_entry") && (
        <a class="govuk-button govuk-button--secondary" href={`/configurations/${version.id}/add`}>
          Add a {version.noun}
        </a>
      )}
    </section>
  );
}
