/** One thing said of two records: same child, not the same, taken apart, asked elsewhere; with all that follows from it. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Candidate, ChildOption, Matching } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, remember, useResource } from "../../lib/resource";
import { Banner } from "../../ui/banner";
import { ComparedFacts } from "../../ui/comparison";
import { FormFields } from "../../ui/fields/field";
import { NOTHING_YET, Page } from "../../ui/page";
import { Problems } from "../act/problems";

interface Params {
  id: string;
  option: string;
}

export default function MatchingAct({ params }: { params: Params }) {
  return <ActPage key={`${params.id}/${params.option}`} {...params} />;
}

/** What the pair looks like and what would follow: of a likely child, or of the proposal that stands. */
type Pair = Pick<Candidate, "compared" | "consequences" | "shows_to"> & { name: string | null };

interface Chosen {
  option: ChildOption;
  pair: Pair | null;
}

/** The option among all that the page offers, by its name and the child it is about. */
function chosenFrom(found: Matching, name: string, child: string | null): Chosen | null {
  const merge = found.merge && { ...found.merge, name: found.merge.into_name };
  const offers: { options: ChildOption[]; pair: Pair | null }[] = [
    ...found.candidates.map((candidate) => ({ options: candidate.options, pair: candidate })),
    ...found.set_aside.map((row) => ({ options: row.options, pair: null })),
    { options: merge?.options ?? [], pair: merge },
    { options: found.options, pair: null },
  ];
  for (const { options, pair } of offers) {
    const option = options.find((one) => one.name === name && one.child === child);
    if (option) return { option, pair };
  }
  return null;
}

function ActPage({ id, option: name }: Params) {
  const { query, route } = useLocation();
  const path = `referrals/${id}/matching/`;
  const resource = useResource<Matching>(path);
  const found = resource.data.value;
  const action = useAction(resource.load);
  const current = found && chosenFrom(found, name, query.child ?? null);
  const [first, setFirst] = useState<Chosen | null>(null);
  if (current && !first) setFirst(current);
  const chosen = current ?? first;
  const back = `/referrals/${id}/child`;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!found || !chosen) return;
    const { option } = chosen;
    const result = await action.submit(option, found.version, option.child ? { child: option.child } : {});
    if (!result) return;
    forgetAll();
    remember(path, result as Matching);
    notice.value = doneNotice(option);
    route(back);
  };

  return (
    <Page
      title={chosen?.option.label ?? "Which child is this?"}
      caption={found ? `Referral ${found.reference}` : NOTHING_YET}
      back={{ href: back, label: "Back" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      {chosen ? (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible={current !== null} />
          <About {...chosen} />
          <Ask option={chosen.option} action={action} possible={current !== null} back={back} />
        </form>
      ) : (
        <p>This cannot be said now. It may have been done already, or the record has moved on.</p>
      )}
    </Page>
  );
}

interface AskProps {
  option: ChildOption;
  action: Action;
  possible: boolean;
  back: string;
}

function Ask({ option, action, possible, back }: AskProps) {
  if (option.obstacles.length > 0)
    return (
      <Banner title="Not yet">
        {option.obstacles.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Banner>
    );
  return (
    <>
      <FormFields
        fields={option.input}
        values={action.values}
        errors={action.failure?.fields ?? {}}
        onChange={action.set}
      />
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={action.busy || !possible}>
          {action.busy ? "Sending…" : option.label}
        </button>
        <a href={back}>Cancel</a>
      </div>
    </>
  );
}

function doneNotice(option: ChildOption) {
  if (!option.needs_second_person) return { title: `“${option.label}” is done`, lines: [] };
  return {
    title: `“${option.label}” now waits for a second person`,
    lines: ["Nothing changes until they have confirmed it."],
  };
}

function About({ option, pair }: Chosen) {
  return (
    <>
      {option.hint && <p class="govuk-body-l">{option.hint}</p>}
      {pair && pair.compared.length > 0 && (
        <ComparedFacts facts={pair.compared} other={pair.name ?? "the other record"} />
      )}
      {option.needs_second_person && pair && <Follows pair={pair} />}
    </>
  );
}

/** Exactly what will happen, and to whom it shows. */
function Follows({ pair }: { pair: Pair }) {
  return (
    <>
      <h2 class="govuk-heading-s">What will happen</h2>
      <ul class="govuk-list govuk-list--bullet">
        {pair.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {pair.shows_to.length > 0 && (
        <>
          <h2 class="govuk-heading-s">To whom it shows</h2>
          <p>Whoever decides about either record here: {pair.shows_to.join(", ")}.</p>
        </>
      )}
    </>
  );
}
