/** Writing a letter on a case: which one and for whom, then its words, filled in and free to change. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { newKey, post } from "../../api/client";
import type { DocumentRow, Field, Filled, Letters, Option } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { type Drafting, useDrafting } from "../../lib/drafting";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { NOTHING_YET, Page } from "../../ui/page";
import { Clashes, Kept } from "../act/drafted";
import { Problems } from "../act/problems";

export default function LetterRoute({ params }: { params: { id: string } }) {
  return <WriteLetter key={params.id} id={params.id} />;
}

/** What the first form has asked is not asked again, unless it no longer fits. */
const WHO = ["template", "recipient"];

/**
 * A letter that was begun before is found again with its words, and whether it may be posted is asked anew: whoever it
 * is for may have left the family since, or said how they are reached. Its words are nobody's to fill in again.
 */
function useBegun(begin: Option | null, letter: Action, isRead: boolean) {
  const [filled, setFilled] = useState<Filled | null>(null);
  const { template, recipient, title, text } = letter.values;
  const isBegun = isRead && !filled && typeof text === "string" && text !== "";
  useEffect(() => {
    if (!begin || !isBegun) return;
    const words = { title: String(title ?? ""), text: String(text) };
    const show = ({ warnings }: Pick<Filled, "warnings">) => setFilled({ ...words, warnings });
    post<Filled>(begin.url, { template, recipient }, newKey()).then(show, () => show({ warnings: [] }));
  }, [begin === null, isBegun]);
  return { filled, setFilled, isReady: isRead && !isBegun };
}

function WriteLetter({ id }: { id: string }) {
  const { route } = useLocation();
  const found = useResource<Letters>(`cases/${id}/letters/`);
  const first = useAction();
  const named = (name: string) => found.data.value?.options.find((option) => option.name === name) ?? null;
  const [begin, write] = [named("begin_letter"), named("write_letter")];
  const drafting = useDrafting(write?.draft_url ?? "");
  const letter = useAction(found.load, drafting?.autosave);
  const { filled, setFilled, isReady } = useBegun(begin, letter, drafting?.isRead ?? false);
  const back = `/cases/${id}/documents`;

  const fillIn = async () => {
    if (!begin) return;
    const answers = first.values;
    const result = (await first.submit(begin, undefined)) as Filled | null;
    if (!result) return;
    setFilled(result);
    // Sent along with the letter, and what it asks depends on it: a basis only for whoever is outside.
    for (const [name, value] of Object.entries({ ...answers, title: result.title, text: result.text }))
      letter.set(name, value);
  };
  const keep = async () => {
    if (!write) return;
    const kept = (await letter.submit(write, found.data.value?.version)) as DocumentRow | null;
    if (!kept) return;
    forgetAll();
    notice.value = {
      title: "The letter is kept",
      lines: [`“${kept.title}” is among the documents. It can be opened in a minute or two, once it is checked.`],
    };
    route(back);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void (filled ? keep() : fillIn());
  };
  const action = filled ? letter : first;
  const option = filled ? write : begin;
  return (
    <Page
      // Each step is a page to whoever hears it: its heading takes focus.
      key={filled ? "words" : "who"}
      title={filled ? "Your letter" : "Write a letter"}
      caption={found.data.value?.reference ?? NOTHING_YET}
      back={{ href: back, label: "Documents" }}
      hasErrors={action.failure !== null}
      narrow
      error={found.error.value}
      retry={found.load}
      ready={found.data.value !== null && (!write || isReady)}
    >
      {found.data.value && !option && <p>Only the people who work on this case write its letters.</p>}
      {option && (
        <LetterForm
          option={option}
          action={action}
          asked={begin?.input ?? []}
          filled={filled}
          drafting={drafting}
          back={back}
          onSubmit={submit}
        />
      )}
    </Page>
  );
}

interface FormProps {
  option: Option;
  action: Action;
  asked: Field[];
  filled: Filled | null;
  drafting: Drafting | null;
  back: string;
  onSubmit: (event: SubmitEvent) => void;
}

/** The step one is at: who it is for, or its words once it is filled in. */
function LetterForm({ option, action, asked, filled, drafting, back, onSubmit }: FormProps) {
  return (
    <form onSubmit={onSubmit} noValidate autocomplete="off">
      <Problems action={action} possible />
      <p class="govuk-body-l">{option.hint}</p>
      {filled && drafting && <Clashes drafting={drafting} fields={option.input} />}
      {filled && <Warnings sentences={filled.warnings} />}
      <Fields option={option} action={action} asked={asked} first={!filled} />
      <div class="govuk-button-group">
        <button type="submit" class="govuk-button" disabled={action.busy}>
          {filled ? option.label : "See it filled in"}
        </button>
        <a href={back}>{filled ? "Come back later" : "Cancel"}</a>
      </div>
      {filled && drafting && <Kept drafting={drafting} back={back} />}
    </form>
  );
}

interface FieldsProps {
  option: Option;
  action: Action;
  /** What the first form asks, and whether this is it. */
  asked: Field[];
  first: boolean;
}

function Fields({ option, action, asked, first }: FieldsProps) {
  const errors = action.failure?.fields ?? {};
  const again = asked.filter(({ name }) => name in errors);
  const words = option.input.filter(({ name }) => !WHO.includes(name));
  return (
    <FormFields
      fields={first ? asked : [...again, ...words]}
      values={action.values}
      errors={errors}
      heading={option.label}
      onChange={action.set}
    />
  );
}

/** Why it may not be posted, before anybody has written it for nothing. */
function Warnings({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div class="govuk-inset-text">
      <p>
        <strong>Do not post this letter.</strong>
      </p>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
