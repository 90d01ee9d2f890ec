/** What the referral says: the child, the statements, the factors, the answers of the form. */
import type { ComponentChildren } from "preact";
import type { Child, Factor, Lasting, ReadAnswer, Referral, Statement } from "../../api/types";
import { dateText } from "../../lib/format";
import { gathered } from "../../lib/gather";
import { Lines, SummaryList } from "../../ui/summary";

export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="app-section" aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A further address or number in one line: what it is, when it held and who says so. */
function lasting({ kind_label: kind, value, from_on: from, until_on: until, said_by_label: by }: Lasting): string {
  const beside = [
    from && `from ${dateText(from)}`,
    until && `until ${dateText(until)}`,
    by && `says: ${by.toLowerCase()}`,
  ];
  const said = beside.filter(Boolean).join(", ");
  return said ? `${kind}: ${value} (${said})` : `${kind}: ${value}`;
}

interface Details {
  child: Child;
  more?: Pick<Referral, "addresses" | "identifiers">;
  /** The page on which they are put right, and what they were is read. */
  page?: string;
}

export function ChildDetails({ child, more, page }: Details) {
  const born = [dateText(child.date_of_birth), child.age].filter(Boolean).join(", ");
  return (
    <Section id="child" title="The child">
      <SummaryList
        rows={[
          { label: "Name", value: child.name },
          { label: "Known as", value: child.known_as },
          { label: "Born", value: born },
          { label: "Expected", value: dateText(child.expected_date) },
          { label: "Sex", value: child.sex_label },
          { label: "Ethnicity", value: child.ethnicity_label },
          { label: "School", value: child.school },
          { label: "Address", value: child.address },
          { label: "Ward", value: child.ward_name },
          { label: "NHS number", value: child.nhs_number },
          { label: "Other addresses", value: more?.addresses.map(lasting) },
          { label: "Other numbers", value: more?.identifiers.map(lasting) },
        ]}
      />
      {page && (
        <p>
          <a href={page}>Put these details right, or see what they were</a>
        </p>
      )}
    </Section>
  );
}

/** Who told it; of a child's or parent's own words, which rest on nothing else, how they were heard. */
function source({ basis_label: basis, told_by: by }: Statement): string {
  return basis && by ? `told by ${by}` : by;
}

/** Who may read it is said beside it, so that nobody passes it on. */
function Mark({ words }: { words: string }) {
  return (
    <>
      <strong class="govuk-tag govuk-tag--red app-tag">{words}</strong>{" "}
    </>
  );
}

/** One thing said, with what it rests on; its kind where no heading says it. */
export function Said({ statement, kind = "" }: { statement: Statement; kind?: string }) {
  const { basis_label: basis, currency_label: currency, amended, mark } = statement;
  return (
    <figure class={`app-statement${mark ? " app-stays" : ""}`}>
      <blockquote>{statement.text}</blockquote>
      <figcaption class="app-quiet">
        {mark && <Mark words={mark} />}
        {[kind, basis, source(statement), currency, amended && "amended after sending"].filter(Boolean).join(" · ")}
      </figcaption>
    </figure>
  );
}

export function SaidByKind({ statements }: { statements: Statement[] }) {
  return (
    <>
      {gathered(statements, (statement) => statement.kind_label).map(([kind, members]) => (
        <div key={kind}>
          <h3 class="govuk-heading-s">{kind}</h3>
          {members.map((statement) => (
            <Said key={statement.id} statement={statement} />
          ))}
        </div>
      ))}
    </>
  );
}

export function Statements({ statements }: { statements: Statement[] }) {
  if (statements.length === 0) return null;
  return (
    <Section id="statements" title="What was said">
      <SaidByKind statements={statements} />
    </Section>
  );
}

export function Factors({ factors }: { factors: Factor[] }) {
  if (factors.length === 0) return null;
  return (
    <Section id="factors" title="Risks and strengths">
      {gathered(factors, (factor) => factor.domain).map(([domain, members]) => (
        <div key={domain}>
          <h3 class="govuk-heading-s">{domain}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {members.map((factor) => (
              <li key={factor.code}>
                {factor.label}{" "}
                <span class="app-quiet">
                  {[factor.polarity, factor.basis_label, factor.currency_label].filter(Boolean).join(" · ")}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

/** An answer with what must be known of it: that it travels less far, or was changed after sending. */
function answerRow({ label, value, mark, amended }: ReadAnswer) {
  if (!mark && !amended) return { label, value };
  const lines = Array.isArray(value) ? value : [value];
  return {
    label,
    stays: Boolean(mark),
    value: (
      <>
        <Lines lines={lines} /> {mark && <Mark words={mark} />}
        {amended && <span class="app-quiet">amended after sending</span>}
      </>
    ),
  };
}

/** Whoever decides must have read these: they are not folded away. */
const OPEN = ["informed", "agreement", "sending"];

export function ReferralText({ text }: { text: Referral["referral_text"] }) {
  if (!text || text.sections.length === 0) return null;
  return (
    <Section id="answers" title="The referral as sent">
      {text.sections.map((section) => (
        <details class="govuk-details" key={section.name} open={OPEN.includes(section.name)}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{section.title}</span>
          </summary>
          <div class="govuk-details__text">
            <SummaryList rows={section.answers.map(answerRow)} />
          </div>
        </details>
      ))}
    </Section>
  );
}
