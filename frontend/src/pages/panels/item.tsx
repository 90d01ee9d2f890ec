/** One case on the agenda of a panel, as far as the reader may know of it: the server leaves out what is not theirs. */
import type { PanelItem } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Options, optionPath } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

export default function ItemRoute({ params }: { params: { id: string } }) {
  return <ItemPage key={params.id} id={params.id} />;
}

function ItemPage({ id }: { id: string }) {
  const resource = useResource<PanelItem>(`panel-items/${id}/`);
  const item = resource.data.value;
  return (
    <Page
      title={item ? `${item.reference} at ${item.panel}` : "On the agenda"}
      back={item ? { href: `/panels/${item.panel_id}`, label: item.panel } : { href: "/panels", label: "Panels" }}
      error={resource.error.value}
      retry={resource.load}
      ready={item !== null}
      aside={item && <StateTag label={item.state_label} />}
    >
      {item && <Body item={item} />}
    </Page>
  );
}

function Body({ item }: { item: PanelItem }) {
  return (
    <div class="app-record">
      <aside class="app-record__aside" aria-label="Actions">
        <Options options={item.options} />
        {item.case_id && (
          <p>
            <a href={`/cases/${item.case_id}`}>Open {item.reference}</a>
          </p>
        )}
      </aside>
      <div class="app-record__main">
        <SummaryList
          rows={[
            { label: "Child", value: item.child_name },
            { label: "Born", value: dateText(item.child_born_on) },
            { label: "Question to the panel", value: <span class="app-lines">{item.question}</span> },
            { label: "Case of", value: item.lead_agency },
            { label: "Panel", value: `${dateTimeText(item.starts_at)}, chaired by ${item.chair_agency}` },
            { label: "Give information by", value: item.give_by && dateText(item.give_by) },
            { label: "Put on by", value: item.put_on_by },
            { label: "Open to those invited until", value: `${dateTimeText(item.open_until)}, or until it is signed` },
            { label: "Why it was taken off", value: item.taken_off_why },
            {
              label: "Minutes",
              value: item.minutes_url && <a href={item.minutes_url}>Among the documents of {item.reference}</a>,
            },
          ]}
        />
        <Invitations item={item} />
        <Given item={item} />
        <Decisions item={item} />
      </div>
    </div>
  );
}

function Invitations({ item }: { item: PanelItem }) {
  if (item.invitations.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="invited">
      <h2 class="govuk-heading-m" id="invited">
        Invited to hear it
      </h2>
      {item.invitations.map((one) => (
        <article class="app-card" key={one.id}>
          <h3 class="govuk-heading-s">
            {one.agency}
            {one.ended_at && ` (until ${dateTimeText(one.ended_at)})`}
          </h3>
          <p>{one.purpose_label}</p>
          {one.told && <p class="app-lines">{one.told}</p>}
          <p class="app-quiet">
            {one.by}, {dateTimeText(one.at)}
          </p>
        </article>
      ))}
    </section>
  );
}

function Given({ item }: { item: PanelItem }) {
  return (
    <section class="app-section" aria-labelledby="given">
      <h2 class="govuk-heading-m" id="given">
        Given beforehand
      </h2>
      {item.information.length === 0 && (
        <p class="app-empty">Nothing that you may read has been given for the panel yet.</p>
      )}
      {item.information.map((one) => (
        <article class="app-card" key={one.id}>
          <p class="app-card__head">
            <strong>{one.agency}</strong>
            {one.label && <StateTag label={one.label} />}
          </p>
          {one.text === null ? (
            <p>Its last day is over: nobody reads it any more.</p>
          ) : (
            <p class="app-lines">{one.text}</p>
          )}
          <p class="app-quiet">
            {one.by}, {dateTimeText(one.at)}. {one.text === null ? "It was" : "It is"} read until{" "}
            {dateTimeText(one.expires_at)}
          </p>
        </article>
      ))}
    </section>
  );
}

function Decisions({ item }: { item: PanelItem }) {
  const toPlan = item.options.find((option) => option.name === "put_in_plan" && option.obstacles.length === 0);
  if (item.decisions.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="decided">
      <h2 class="govuk-heading-m" id="decided">
        Decided
      </h2>
      <ol class="govuk-list">
        {item.decisions.map((one) => (
          <li class="app-card" key={one.id}>
            <h3 class="govuk-heading-s">{one.kind_label}</h3>
            <p class="app-lines">{one.text}</p>
            {one.owner_agency && (
              <p>
                {one.owner_agency} does it by {dateText(one.due_on)}
              </p>
            )}
            {toPlan && one.owner_agency && !one.action_url && (
              <p>
                <a href={`${optionPath(toPlan)}?decision=${one.id}`}>Put this decision into the plan</a>
              </p>
            )}
            {one.action_url && (
              <p>
                <a href={one.action_url}>In the plan</a>: {one.action_state_label.toLowerCase()}
              </p>
            )}
            <p class="app-quiet">
              Written down by {one.by}, {dateTimeText(one.at)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
