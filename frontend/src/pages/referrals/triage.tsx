/** What whoever decides needs beside the referral: the child's past, its way so far, who is to be told, whom to ring. */
import type { Concerned, Flag, Hop, Option, Past, Telling } from "../../api/types";
import { dateText, dateTimeText, lowerFirst } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { optionPath } from "../../ui/options";
import { Loading } from "../../ui/page";
import { telephone } from "../../ui/phones";
import { Problem } from "../../ui/problem";
import { StateTag, UrgentTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { Section } from "./content";
import { toldSentence } from "./progress";

const TONE: Record<Flag["tone"], string> = {
  red: "govuk-tag govuk-tag--red",
  orange: "govuk-tag govuk-tag--orange",
  blue: "govuk-tag govuk-tag--blue",
  grey: "govuk-tag govuk-tag--grey",
};

/** What rules noticed: words first, colour second, and nothing that is done by itself. */
export function Flags({ flags }: { flags: Flag[] }) {
  if (flags.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="flags">
      <h2 class="govuk-heading-s" id="flags">
        Flagged by rules, for you to weigh
      </h2>
      <ul class="govuk-list">
        {flags.map((flag) => (
          <li key={flag.code}>
            <strong class={`${TONE[flag.tone]} app-tag`}>{flag.label}</strong>{" "}
            <span class="app-quiet">{flag.suggests.join(" · ")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function PastPanel({ id }: { id: string }) {
  const resource = useResource<Past>(`referrals/${id}/past/`);
  const past = resource.data.value;
  return (
    <Section id="past" title="What went before">
      {past ? (
        <Earlier past={past} />
      ) : resource.error.value ? (
        <Problem error={resource.error.value} retry={resource.load} />
      ) : (
        <Loading />
      )}
    </Section>
  );
}

type Ended = NonNullable<Past["follows"]>;

/** When help ended and why, in no one's words; what ended within twelve months says so. */
export function endedText(
  one: Pick<Ended, "closed_at" | "closing_reason_label" | "is_within_12_months" | "lead_agency">,
): string {
  if (!one.closed_at) return `It is open again with ${one.lead_agency}.`;
  const lately = one.is_within_12_months ? ", within 12 months" : "";
  return `Closed ${dateText(one.closed_at)}${lately}: ${lowerFirst(one.closing_reason_label)}.`;
}

function Earlier({ past }: { past: Past }) {
  return (
    <>
      <p class="govuk-body-l">{past.sentence}</p>
      {past.is_re_referral && <p>This is a re-referral: the one before came within 12 months.</p>}
      {past.follows && !past.cases.some((one) => one.is_followed) && (
        <div class="govuk-inset-text">
          <p>Helped before, as the referrer says: case {past.follows.reference}.</p>
          <p>{endedText(past.follows)}</p>
        </div>
      )}
      {past.cases.map((one) => (
        <div class="app-card" key={one.reference}>
          <p class="app-card__head">
            <strong>Case {one.reference}</strong> <StateTag label={one.state_label} />
          </p>
          <p>
            Led by {one.lead_agency}. {one.theme_label && `${one.theme_label}. `}
            Opened {dateText(one.opened_at)}
            {one.is_open && "."} {!one.is_open && `. ${endedText(one)}`}
          </p>
          {one.goals.length > 0 && <p class="app-quiet">Goals: {one.goals.join(", ").toLowerCase()}.</p>}
          {one.is_followed && <p class="app-quiet">The referrer says that this referral follows it.</p>}
        </div>
      ))}
      {past.referrals.map((one) => (
        <div class="app-card" key={one.reference}>
          <p class="app-card__head">
            <strong>Referral {one.reference}</strong> <StateTag label={one.state_label} />
            <UrgentTag urgent={one.is_urgent} />
          </p>
          <p>
            From {one.from_agency} on {dateText(one.sent_at)}. {one.level_label && `${one.level_label}. `}
            {one.ended_at ? `Decided by ${one.holder} on ${dateText(one.ended_at)}.` : `Now with ${one.holder}.`}
          </p>
        </div>
      ))}
    </>
  );
}

/** Every agency it was offered to, and how each offer ended: nobody is asked twice without knowing. */
export function Hops({ hops }: { hops: Hop[] }) {
  if (hops.length === 0) return null;
  return (
    <Section id="hops" title="Offered so far">
      <ol class="govuk-list govuk-list--number">
        {hops.map((hop) => (
          <li key={hop.offered_at}>
            {hop.from_agency} to {hop.to_agency} <StateTag label={hop.state_label} />
            <span class="app-quiet app-block">
              Offered {dateTimeText(hop.offered_at)}
              {hop.ended_at && `, ended ${dateTimeText(hop.ended_at)}`}
            </span>
            {(hop.reason_label || hop.reason) && (
              <span class="app-block">{[hop.reason_label, hop.reason].filter(Boolean).join(". ")}</span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Who has been told and who not yet; each can be recorded from here. */
export function TellingList({ telling, options }: { telling: Telling[]; options: Option[] }) {
  if (telling.length === 0) return null;
  const record = options.find(({ name }) => name === "record_told");
  return (
    <Section id="told" title="Who has been told the outcome">
      <SummaryList
        rows={telling.map(({ who, person, label, told }) => ({
          label,
          value: (
            <>
              {told ? toldSentence(told) : "Not recorded yet."}
              {record && !told?.at && (
                <a class="app-block" href={`${optionPath(record)}?who=${who}${person ? `&person=${person}` : ""}`}>
                  Record<span class="govuk-visually-hidden"> that somebody was told: {label}</span>
                </a>
              )}
            </>
          ),
        }))}
      />
    </Section>
  );
}

export function AgenciesConcerned({ agencies }: { agencies: Concerned[] }) {
  if (agencies.length === 0) return null;
  return (
    <section aria-labelledby="agencies">
      <h2 class="govuk-heading-s" id="agencies">
        Whom to ring
      </h2>
      <ul class="govuk-list app-phones">
        {agencies.map((agency) => (
          <li key={agency.id}>
            {agency.name} <span class="app-quiet">({agency.why.toLowerCase()})</span>
            <Call label="In hours" number={agency.phone} />
            <Call label={agency.out_of_hours_name || "Out of hours"} number={agency.out_of_hours_phone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Call({ label, number }: { label: string; number: string }) {
  if (!number) return null;
  return (
    <span class="app-block">
      {label}: <a href={telephone(number)}>{number}</a>
    </span>
  );
}

/** The parts of a long page, by name. */
export function OnThisPage({ parts }: { parts: [id: string, title: string, shown: boolean][] }) {
  const shown = parts.filter((part) => part[2]);
  if (shown.length < 2) return null;
  return (
    <nav class="app-anchors" aria-label="On this page">
      <ul>
        {shown.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
