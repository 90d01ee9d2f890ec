/** Writing a letter on a case: which one and for whom, then its words, filled in and free to change. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { DocumentRow, Filled, Letters, Option } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { NOTHING_YET, Page } from "../../ui/page";
import { Problems } from "../act/problems";

export default function LetterRoute({ params }: { params: { id: string } }) {
  return <WriteLetter key={params.id} id={params.id} />;
}

/** What the first form has asked is not asked again. */
const WHO = ["template", "recipient"];

function WriteLetter({ id }: { id: string }) {
  const { route } = useLocation();
  const found = useResource<Letters>(`cases/${id}/letters/`);
  const first = useAction();
  const letter = useAction(found.load);
  const [filled, setFilled] = useState<Filled | null>(null);
  const named = (name: string) => found.data.value?.options.find((option) => option.name === name) ?? null;
  const [begin, write] = [named("begin_letter"), named("write_letter")];
  const back = `/cases/${id}/documents`;

  const fillIn = async () => {
    if (!begin) return;
    const answers = first.values;
    const result = (await first.submit(begin, undefined)) as Filled | null;
    if (!result) return;
    // Sent along with the letter, and what it asks depends on it: a basis only for whoever is outside.
    for (const [name, value] of Object.entries({ ...answers, title: result.title, text: result.text }))
      letter.set(name, value);
    setFilled(result);
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
      ready={found.data.value !== null}
    >
      {found.data.value && !option && <p>Only the people who work on this case write its letters.</p>}
      {option && (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={action} possible />
          <p class="govuk-body-l">{option.hint}</p>
          {filled && <Warnings sentences={filled.warnings} />}
          <Fields option={option} action={action} first={!filled} />
          <div class="govuk-button-group">
            <button type="submit" class="govuk-button" disabled={action.busy}>
              {filled ? option.label : "See it filled in"}
            </button>
            <a href={back}>Cancel</a>
          </div>
        </form>
      )}
    </Page>
  );
}

function Fields({ option, action, first }: { option: Option; action: Action; first: boolean }) {
  const fields = first ? option.input : option.input.filter(({ name }) => !WHO.includes(name));
  return (
    <FormFields
      fields={fields}
      values={action.values}
      errors={action.failure?.fields ?? {}}
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
