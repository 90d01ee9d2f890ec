/** Disagreements of one's own agency, as either side: to answer, raised by us, about what we decided. */
import type { DisagreementRow } from "../../api/types";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { DisagreementCards } from "./list";

interface SectionProps {
  view: string;
  title: string;
  empty: string;
}

const SECTIONS: SectionProps[] = [
  {
    view: "to-answer",
    title: "For your agency to answer",
    empty: "When somebody disagrees with a decision and your agency has to look at it, it is listed here.",
  },
  {
    view: "raised",
    title: "Raised by your agency",
    empty: "To disagree with a decision, open the referral and choose “Disagree with a decision”.",
  },
  {
    view: "about-us",
    title: "About what your agency decided",
    empty: "Nobody has disagreed with a decision of your agency.",
  },
];

function Section({ view, title, empty }: SectionProps) {
  const list = useRows<DisagreementRow>(`disagreements/?view=${view}`);
  return (
    <section class="app-section" aria-labelledby={view}>
      <h2 class="govuk-heading-m" id={view}>
        {title}
      </h2>
      <Listing list={list} empty={<p>{empty}</p>}>
        {(rows) => <DisagreementCards rows={rows} />}
      </Listing>
    </section>
  );
}

export default function Disagreements() {
  return (
    <Page title={labelOf("disagreements", "Disagreements")}>
      {SECTIONS.map((section) => (
        <Section key={section.view} {...section} />
      ))}
    </Page>
  );
}
