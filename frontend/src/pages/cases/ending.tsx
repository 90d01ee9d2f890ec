/** How a case ended: why, what changed, what child and parents say, who goes on, and whether it has lasted. */
import type { Case } from "../../api/types";
import { dateText } from "../../lib/format";
import { Lines, SummaryList } from "../../ui/summary";

type Closing = NonNullable<Case["ending"]>;

const lines = (text: string) => text && <Lines lines={text.split("\n").filter(Boolean)} />;

export function Ending({ ending }: { ending: Closing }) {
  return (
    <>
      <section class="app-section" aria-labelledby="ending">
        <h2 class="govuk-heading-m" id="ending">
          How it ended
        </h2>
        <SummaryList
          rows={[
            { label: "Closed", value: dateText(ending.closed_at) },
            { label: "Why", value: ending.reason_label },
            { label: "What changed", value: lines(ending.summary) },
            { label: "What the child says", value: lines(ending.child_view) },
            { label: "What the parent or carer says", value: lines(ending.parent_view) },
            { label: "Who goes on", value: lines(ending.goes_on) },
          ]}
        />
      </section>
      {ending.sustained && <Sustained answer={ending.sustained} />}
    </>
  );
}

function Sustained({ answer }: { answer: NonNullable<Closing["sustained"]> }) {
  return (
    <section class="app-section" aria-labelledby="lasted">
      <h2 class="govuk-heading-m" id="lasted">
        Has it lasted?
      </h2>
      <SummaryList
        rows={[
          { label: "Answer", value: answer.answer_label },
          { label: "Why not", value: answer.why_not_label },
          { label: "How the child is", value: lines(answer.words) },
          { label: "Asked", value: `${dateText(answer.at)}, by ${answer.by}` },
        ]}
      />
      {answer.refer_again_url && (
        <p>
          <a href={answer.refer_again_url}>Refer again</a>
          <span class="app-quiet app-block">
            It has not lasted, so the child may need help again. A new referral says which case it follows.
          </span>
        </p>
      )}
    </section>
  );
}
