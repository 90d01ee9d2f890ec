/** One service: what it is, for whom, how to refer, how much room, what is published about it, and who keeps it. */
import type { Option, Service, ServiceChange } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { Room } from "../../ui/room";
import { SummaryList } from "../../ui/summary";

/** The whole entry is changed on a page of its own, filled with what stands there. */
const REVISE = "revise";

export default function ServiceRoute({ params }: { params: { id: string } }) {
  return <ServicePage key={params.id} id={params.id} />;
}

function ServicePage({ id }: { id: string }) {
  const resource = useResource<Service>(`services/${id}/`);
  const service = resource.data.value;
  return (
    <Page
      title={service?.name ?? "Service"}
      caption={service?.organisation}
      back={{ href: "/services", label: "All services" }}
      error={resource.error.value}
      retry={resource.load}
      ready={service !== null}
    >
      {service && <Body service={service} />}
    </Page>
  );
}

function Body({ service }: { service: Service }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Room and actions">
        <p class="app-tags">
          <Room service={service} />
        </p>
        <Paused service={service} />
        <Keeping service={service} />
      </aside>
      <div class="app-record__main">
        <p class="govuk-body-l">{service.summary}</p>
        <Paragraphs text={service.description} />
        <Facts service={service} />
        <Evidence evidence={service.evidence} />
        <Provenance service={service} />
        <Changes id={service.id} />
      </div>
    </div>
  );
}

function Paused({ service }: { service: Service }) {
  if (!service.state_reason) return null;
  return (
    <div class="govuk-inset-text">
      {service.state_label}: {service.state_reason}
      {service.opens_again_on && ` Opens again on ${dateText(service.opens_again_on)}.`}
    </div>
  );
}

function Keeping({ service }: { service: Service }) {
  const others = service.options.filter((option: Option) => option.name !== REVISE);
  const revise = service.options.find((option: Option) => option.name === REVISE);
  return (
    <>
      <Options options={others} title="Keep this entry right" />
      {revise && (
        <p>
          <a href={`/services/${service.id}/entry`}>{revise.label}</a>
        </p>
      )}
    </>
  );
}

function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.split(/\n+/).filter(Boolean);
  return (
    <>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </>
  );
}

function Facts({ service }: { service: Service }) {
  const rows = [
    { label: "Kind of help", value: service.kind_label },
    { label: "For", value: service.ages_text },
    { label: "Helps with", value: service.needs },
    { label: "Who it is for", value: service.eligibility },
    { label: "Where it works", value: service.wards.length > 0 ? service.wards : service.area_text },
    { label: "Languages", value: service.languages },
    { label: "Cost", value: [service.cost_label, service.cost_note].filter(Boolean).join(". ") },
    { label: "How to refer", value: service.how_to_refer },
    {
      label: "Referrals sent here",
      value: service.receives_directly
        ? "Go straight to this service’s agency."
        : "Go to the front door, which sees that this service was chosen.",
    },
    { label: "Open", value: service.hours_text },
    {
      label: "Telephone",
      value: service.phone && <a href={`tel:${service.phone.replace(/\s/g, "")}`}>{service.phone}</a>,
    },
    { label: "Email", value: service.email && <a href={`mailto:${service.email}`}>{service.email}</a> },
    { label: "Website", value: service.website && <Outside address={service.website} /> },
    { label: "Address", value: service.address },
  ];
  return <SummaryList rows={rows} />;
}

function Outside({ address }: { address: string }) {
  return (
    <a href={address} rel="noreferrer noopener" target="_blank">
      {address.replace(/^https?:\/\//, "")} (opens in a new tab)
    </a>
  );
}

function Evidence({ evidence }: { evidence: Service["evidence"] }) {
  return (
    <section class="app-section" aria-labelledby="evidence">
      <h2 class="govuk-heading-m" id="evidence">
        What is published about this approach
      </h2>
      <p>
        <strong>{evidence.label}.</strong> {evidence.note}
      </p>
      <p class="app-quiet">
        {evidence.source
          ? `Source: ${evidence.source}, read on ${dateText(evidence.read_on)}.`
          : "Nobody has copied a published rating here."}
      </p>
    </section>
  );
}

function Provenance({ service }: { service: Service }) {
  const { source, kept_by } = service;
  return (
    <p class="app-quiet">
      This entry is kept by {kept_by}.
      {source &&
        ` It came from ${source.name}${source.licence && ` (${source.licence})`}, last read ${dateText(source.seen_at)}.`}
    </p>
  );
}

function Changes({ id }: { id: string }) {
  const changes = useResource<ServiceChange[]>(`services/${id}/changes/`).data.value;
  if (!changes) return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How this entry has changed</span>
      </summary>
      <div class="govuk-details__text">
        <ul class="govuk-list govuk-list--spaced">
          {changes.map((change) => (
            <li key={change.at}>
              {change.label}
              {change.by && `, ${change.by}`}, {dateTimeText(change.at)}
              {change.fields_changed.length > 0 && (
                <span class="app-quiet app-block">{change.fields_changed.map(lowerFirst).join(" · ")}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
