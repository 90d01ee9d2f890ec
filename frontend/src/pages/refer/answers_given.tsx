/** All that was typed in a draft, each answer with Change, and what is missing before it can be sent. */
import type { Draft, DraftProblem, DraftSection, Values } from "../../api/types";
import { answerLines, askedFields, draftPath } from "../../lib/answers";
import { SummaryList, type SummaryRow } from "../../ui/summary";

function rowsOf(id: string, section: DraftSection, values: Values): SummaryRow[] {
  return section.pages.flatMap((page) =>
    askedFields(page.fields, values).map((field) => {
      const lines = answerLines(field, values[field.name]);
      const nothing = field.required ? "Not answered" : "Nothing added";
      const change = { href: draftPath(id, section.name, page.name, "check"), label: field.label };
      return { label: field.label, value: lines.length > 0 ? lines : [nothing], change };
    }),
  );
}

export function AnswersGiven({ id, draft, values }: { id: string; draft: Draft; values: Values }) {
  return (
    <>
      {draft.sections.map((section) => (
        <section key={section.name} class="app-section" aria-labelledby={`check-${section.name}`}>
          <h2 class="govuk-heading-m" id={`check-${section.name}`}>
            {section.title}
          </h2>
          <SummaryList rows={rowsOf(id, section, values)} />
        </section>
      ))}
    </>
  );
}

export function Missing({ id, problems }: { id: string; problems: DraftProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="app-missing">
      <h2 class="govuk-heading-m">Before you can send this</h2>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map(({ field, section, page, sentence }) => (
          <li key={field + sentence}>
            <a href={draftPath(id, section, page, "check")}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
