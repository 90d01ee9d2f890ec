/** What another agency will read once this is done: asked of the server, which lets nothing happen for it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, send } from "../../api/client";
import type { Option, Seen, Values } from "../../api/types";
import { givenAnswers } from "../../lib/answers";
import { explain } from "../../lib/explain";
import { SummaryList } from "../../ui/summary";

interface Props {
  option: Option;
  values: Values;
  version: number | undefined;
  /** Saves first what is still being typed elsewhere. */
  before?: () => Promise<boolean>;
}

type Answer = { seen: Seen[] } | { reasons: string[] };

export function WhatTheyWillSee({ option, values, version, before }: Props) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const typed = JSON.stringify(values);
  // What was shown is of another form as soon as something is typed.
  useEffect(() => setAnswer(null), [typed]);
  const { preview_url: url } = option;
  if (!url) return <></>;

  const look = async () => {
    setBusy(true);
    try {
      if (before && !(await before())) return;
      const body = { ...givenAnswers(option.input, values), version };
      const { agencies } = await send<{ agencies: Seen[] }>("POST", url, { body });
      setAnswer({ seen: agencies });
    } catch (error) {
      setAnswer({ reasons: sentences(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="app-section" aria-labelledby="preview">
      <h2 class="govuk-heading-s" id="preview">
        What others will see
      </h2>
      <button type="button" class="govuk-button govuk-button--secondary" disabled={busy} onClick={look}>
        {busy ? "Looking…" : "Show what they will see"}
      </button>
      {answer && <Shown key={typed} answer={answer} />}
    </section>
  );
}

function sentences(error: unknown): string[] {
  const fields = error instanceof ApiError ? Object.values(error.fields).flat() : [];
  return fields.length > 0 ? [...new Set(fields)] : explain(error);
}

function Shown({ answer }: { answer: Answer }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [answer]);
  return (
    <div ref={box} tabIndex={-1} class="app-preview">
      {"reasons" in answer ? <NotYet reasons={answer.reasons} /> : <Agencies seen={answer.seen} />}
    </div>
  );
}

function NotYet({ reasons }: { reasons: string[] }) {
  return (
    <>
      <p>This can be shown once the form is complete:</p>
      <ul class="govuk-list govuk-list--bullet">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </>
  );
}

function Agencies({ seen }: { seen: Seen[] }) {
  if (seen.length === 0) return <p>Nobody outside your agency will see anything new.</p>;
  return (
    <>
      {seen.map(({ agency, who, sections }) => (
        <div key={agency}>
          <h3 class="govuk-heading-s">What {agency} will see</h3>
          <p class="app-quiet">Open to: {who}.</p>
          {sections.length === 0 && <p>Nobody there can open it now.</p>}
          {sections.map((section) => (
            <div key={section.title}>
              <h4 class="govuk-heading-s">{section.title}</h4>
              <SummaryList
                rows={section.answers.map(({ label, value }) => ({ label, value: value.split("\n").filter(Boolean) }))}
              />
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
