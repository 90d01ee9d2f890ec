/** A manager's home: what needs attention, who has how much in hand, and how that has gone; each number opens its list. */
import type { ComponentChildren } from "preact";
import type { Attention, CaseRow, Loads as Found } from "../../api/types";
import { NOBODYS, OF_MANAGER } from "../../lib/first_reads";
import { nameAndAge } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { isSettled, useResource, useRows } from "../../lib/resource";
import { Loading, Page } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { Cards } from "../../ui/rows";
import { Countdown, PriorityTag } from "../../ui/status";
import { AllIsWell, Checked, openKinds } from "../exceptions/checked";
import { Loads } from "../people/loads";
import { Kept } from "../saved/saved";
import { WordsToRead } from "../voices/waiting";
import { Trend } from "./trend";

export default function Managing({ caption, aside }: { caption: string; aside: ComponentChildren }) {
  const ready = isSettled(OF_MANAGER);
  return (
    <Page title="Home" caption={caption} aside={aside}>
      {!ready && <Loading />}
      <div hidden={!ready}>
        <NeedsAttention />
        <InHand />
        <WordsToRead />
        <Trend />
        <Kept />
      </div>
    </Page>
  );
}

function NeedsAttention() {
  const resource = useResource<Attention>("exceptions/");
  const found = resource.data.value;
  const label = labelOf("attention", "Needs attention");
  return (
    <section class="app-section" aria-labelledby="home-attention">
      <h2 class="govuk-heading-m" id="home-attention">
        {label}
      </h2>
      {Boolean(resource.error.value) && <Problem error={resource.error.value} retry={resource.load} />}
      {found && <Counts found={found} />}
    </section>
  );
}

function Counts({ found }: { found: Attention }) {
  const open = openKinds(found);
  if (open.length === 0) return <AllIsWell found={found} />;
  return (
    <>
      <div class="app-counts">
        <ul>
          {open.map(({ kind, label, count, is_more: isMore }) => (
            <li key={kind}>
              <a href={`/attention?kind=${kind}`}>
                <span class="app-counts__number">
                  {count}
                  {isMore && "+"}
                </span>{" "}
                {label}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <p>
        <a href="/attention">What to do about each</a>
      </p>
      <Checked found={found} />
    </>
  );
}

function InHand() {
  const resource = useResource<Found>("caseloads/");
  const found = resource.data.value;
  return (
    <section class="app-section" aria-labelledby="home-caseloads">
      <h2 class="govuk-heading-m" id="home-caseloads">
        {labelOf("caseloads", "Caseloads")}
      </h2>
      {Boolean(resource.error.value) && <Problem error={resource.error.value} retry={resource.load} />}
      {found && (
        <Loads found={found} isShort>
          <ToAllocate />
        </Loads>
      )}
    </section>
  );
}

/** The cases that wait for a lead practitioner, what is due first at the top, each with the way to give it to one. */
function ToAllocate() {
  const { rows } = useRows<CaseRow>(NOBODYS);
  if (!rows || rows.length === 0) return null;
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/cases/${row.id}`}>
              {row.reference}
            </a>
            <PriorityTag priority={row.priority} label={row.priority_label} />
            <Countdown dueAt={row.next_due_at} rag={row.rag} />
          </p>
          {row.child_name && <p>{nameAndAge(row.child_name, row.child_age)}</p>}
          {row.options.some(({ name }) => name === "allocate") && (
            <p>
              <a href={`/cases/${row.id}/do/allocate?back=/`}>
                Allocate<span class="govuk-visually-hidden"> {row.reference}</span>
              </a>
            </p>
          )}
        </>
      )}
    </Cards>
  );
}
