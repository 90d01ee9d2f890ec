/** One option of one record on a page of its own: what it asks, who will be told, what stands in the way. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Option } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { type Drafting, useDrafting } from "../../lib/drafting";
import { forgetDraft } from "../../lib/drafts";
import { lowerFirst } from "../../lib/format";
import { keepLink } from "../../lib/given_link";
import { backFrom, notice } from "../../lib/navigation";
import { forgetAll, remember, resourceOf, useResource } from "../../lib/resource";
import { Banner } from "../../ui/banner";
import { RecordUrl } from "../../ui/fields/child";
import { FormFields } from "../../ui/fields/field";
import { later } from "../../ui/fields/later";
import { NOTHING_YET, Page } from "../../ui/page";
import { Present } from "../../ui/present";
import { BeforeClosing, ENDS } from "../cases/before_closing";
import { Clashes, Kept } from "./drafted";
import { Problems } from "./problems";
import { WhoIsTold } from "./told";
import { WayOn } from "./way";

const WhatTheyWillSee = later(() => import("../sharing/preview").then((found) => found.WhatTheyWillSee));

/** What any record that can be acted on has. */
export interface Acted {
  id: string;
  reference?: string;
  case_reference?: string;
  subject_reference?: string;
  version?: number;
  state_label?: string;
  confirmation?: unknown;
  /** Where to go on, when the record acted on is no longer there for whoever did it. */
  leads_to?: string;
  /** What came of it, in the server's words. */
  done?: string[];
  options: Option[];
}

/** The records that people work on together: who has one open is shown to the others. */
const HELD_OPEN: ReadonlySet<string> = new Set(["cases", "referrals"]);

interface Params {
  collection: string;
  id: string;
  option: string;
}

export default function Act({ params }: { params: Params }) {
  return <ActPage key={`${params.id}/${params.option}`} {...params} />;
}

/** What is offered by one page of the record, such as its plan, is read where that page reads it. */
function pathOf(collection: string, id: string, at: string | undefined): string {
  const part = at && /^[a-z-]+$/.test(at) ? `${at}/` : "";
  return `${collection}/${id}/${part}`;
}

/** The option as the server offers it now, or as it was when the page opened if it is offered no more. */
function useOption(path: string, name: string) {
  const resource = useResource<Acted>(path);
  const [first, setFirst] = useState<Option | null>(null);
  const record = resource.data.value;
  const current = record?.options.find((option) => option.name === name) ?? null;
  if (current && !first) setFirst(current);
  return { resource, record, current, option: current ?? first };
}

/**
 * A form begins with what stands already. A link may say which choice it is about, such as who was told; only a choice
 * that the form offers is taken.
 */
function useAbout(option: Option | null, version: number | undefined, query: Record<string, string>, action: Action) {
  useEffect(() => action.begin(option?.input ?? [], version), [option === null, version]);
  useEffect(() => {
    for (const { name, choices } of option?.input ?? []) {
      if (choices?.some(({ value }) => value === query[name])) action.set(name, query[name] as string);
    }
  }, [option === null]);
}

function ActPage({ collection, id, option: name }: Params) {
  const { query, route } = useLocation();
  const path = pathOf(collection, id, query.at);
  const { resource, record, current, option } = useOption(path, name);
  const drafting = useDrafting(option?.draft_url ?? "");
  const reread = async () => {
    await resource.load();
    if (option?.input.some(({ kind }) => kind === "answers")) await resourceOf(`${path}answers/`).load();
  };
  const action = useAction(reread, drafting?.autosave);
  useAbout(option, record?.version, query, action);
  const back = backFrom(query, `/${collection}/${id}`);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!record || !option) return;
    // What is added changes nothing that somebody else could have changed meanwhile.
    const version = option.kind === "addition" ? undefined : record.version;
    const result = (await action.submit(option, version)) as Acted | null;
    if (!result) return;
    forgetAll();
    forgetDraft(id);
    keepLink(result);
    if (result.id === id) remember(path, result);
    notice.value = { title: doneTitle(option, result), lines: doneLines(option, result), undo: await undoing(result) };
    route(result.id === id ? back : (result.leads_to ?? back));
  };

  return (
    <Page
      title={option?.label ?? "Act on this record"}
      caption={record ? referenceOf(record) : NOTHING_YET}
      back={{ href: back, label: "Back" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={record !== null}
    >
      {HELD_OPEN.has(collection) && <Present root={id} isWriting />}
      {collection === "cases" && ENDS.has(name) && <BeforeClosing id={id} />}
      <RecordUrl.Provider value={path}>
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible={current !== null} option={option} record={path} />
          <Form
            option={option}
            action={action}
            drafting={drafting}
            possible={current !== null}
            back={back}
            version={record?.version}
          />
        </form>
      </RecordUrl.Provider>
    </Page>
  );
}

/** How it can be undone, fetched only where it can: what was done stays done when that cannot be fetched. */
function undoing(result: Acted): Promise<ComponentChildren> | undefined {
  if (!result.options?.some(({ until }) => until)) return undefined;
  return import("./undo").then(
    (found) => found.undoOf(result),
    () => undefined,
  );
}

/** A record says itself what it is called, or what it is about. */
function referenceOf(record: Acted): string | undefined {
  return record.reference ?? record.case_reference ?? record.subject_reference;
}

function doneTitle(option: Option, result: Acted): string {
  if (result.confirmation) return `“${option.label}” now waits for a second person`;
  return `“${option.label}” is done`;
}

function doneLines(option: Option, result: Acted): string[] {
  const lines: string[] = [];
  lines.push(...(result.done ?? []));
  if (result.confirmation) lines.push("Nothing changes until they have confirmed it.");
  // What was added has changed nothing of the record it was added to.
  else if (result.state_label && option.kind !== "addition")
    lines.push(`It is now: ${lowerFirst(result.state_label)}.`);
  // Whoever is told of what can still be undone is told when it no longer can be.
  const when = result.options?.some(({ until }) => until) ? "Told in ten minutes" : "Told";
  if (!result.confirmation && option.tells.length > 0) lines.push(`${when}: ${option.tells.join(", ")}.`);
  return lines;
}

function Obstacles({ sentences }: { sentences: string[] }) {
  return (
    <Banner title="Not yet">
      <p class="govuk-notification-banner__heading">Something stands in the way</p>
      <ul class="govuk-list govuk-list--bullet">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Banner>
  );
}

interface FormProps {
  option: Option | null;
  action: Action;
  drafting: Drafting | null;
  possible: boolean;
  back: string;
  version: number | undefined;
}

function Form({ option, ...rest }: FormProps) {
  if (!option) return <p>This cannot be done now. It may have been done already, or the record has moved on.</p>;
  // What was typed stays where it is, although something has come in the way since.
  if (rest.possible && option.obstacles.length > 0 && !rest.action.failure?.changed)
    return (
      <>
        <Obstacles sentences={option.obstacles} />
        <WayOn way={option.way} />
      </>
    );
  return <Ask option={option} {...rest} />;
}

function Ask({ option, action, drafting, possible, back, version }: FormProps & { option: Option }) {
  return (
    <>
      {option.hint && <p class="govuk-body-l">{option.hint}</p>}
      {option.needs_second_person && <div class="govuk-inset-text">{option.needs_second_person}</div>}
      <WayOn way={option.way} beside />
      {drafting && <Clashes drafting={drafting} fields={option.input} />}
      <FormFields
        fields={option.input}
        values={action.values}
        errors={action.failure?.fields ?? {}}
        heading={option.label}
        onChange={action.set}
      />
      <WhoIsTold tells={option.tells} />
      {option.preview_url && (
        <WhatTheyWillSee
          option={option}
          values={action.values}
          version={option.kind === "addition" ? undefined : version}
        />
      )}
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={action.busy || !possible}>
          {action.busy ? "Sending…" : option.label}
        </button>
        <a href={back}>{drafting ? "Come back later" : "Cancel"}</a>
      </div>
      {drafting && <Kept drafting={drafting} back={back} />}
    </>
  );
}
