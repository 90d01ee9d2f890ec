/** The reviews and meetings of a case, the latest first: who was there, what they said, and what was decided. */
import type { Meeting, Plan } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { useResource, useRows } from "../../lib/resource";
import { Page } from "../../ui/page";
import { Listing } from "../../ui/rows";
import { SummaryList } from "../../ui/summary";
import { CanDo } from "./can_do";
import { Sections } from "./sections";
import { Ways } from "./ways";

export default function ReviewsRoute({ params }: { params: { id: string } }) {
  return <ReviewsPage key={params.id} id={params.id} />;
}

const OFFERED = ["hold_review", "record_meeting"];

function ReviewsPage({ id }: { id: string }) {
  const resource = useResource<Plan>(`cases/${id}/plan/`);
  const list = useRows<Meeting>(`cases/${id}/meetings/`);
  const plan = resource.data.value;
  return (
    <Page
      title="Reviews and meetings"
      caption={plan ? `Case ${plan.reference}` : "Case"}
      back={{ href: `/cases/${id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={plan !== null}
    >
      <Sections id={id} current="/reviews" />
      <Ways
        label="What you can record here"
        options={plan?.options.filter(({ name }) => OFFERED.includes(name)) ?? []}
        back={`/cases/${id}/reviews`}
        at="plan"
      />
      <p>
        <a href={`/cases/${id}/panels`}>Panels of several organisations that hear this case</a>
      </p>
      <p>
        What children and parents say that others should hear too:{" "}
        <a href="/voices/new/do/record?back=/voices">add it to community voice</a>. Nothing of this case goes with it.
      </p>
      <Listing list={list} empty={<p>No review or meeting has been recorded yet.</p>}>
        {(rows) => rows.map((row) => <Entry key={row.id} row={row} at={`/cases/${id}/reviews`} />)}
      </Listing>
    </Page>
  );
}

const lines = (text: string) => (text ? text.split("\n") : "");

interface Props {
  row: Meeting;
  /** Where it stands: one comes back to it from what is done about it. */
  at: string;
}

function Entry({ row, at }: Props) {
  const named = `${row.kind_label}, ${dateText(row.held_on)}`;
  // No landmark: two meetings of one day would have the same name.
  return (
    <article class="app-card" aria-label={named}>
      <h2 class="govuk-heading-m">{named}</h2>
      <SummaryList
        rows={[
          { label: "How it goes", value: row.conclusion_label },
          { label: "Who was there", value: [row.people.join(", "), ...(row.who_was_there ? [row.who_was_there] : [])] },
          { label: "What the child says", value: lines(row.child_view) || row.child_view_why_not_label },
          { label: "What the family says", value: lines(row.family_view) },
          {
            label: row.conclusion_label ? "What has changed" : "What was talked about",
            value: lines(row.what_changed),
          },
          { label: "What was decided", value: lines(row.decisions) },
          { label: "Next", value: dateText(row.next_on) },
          { label: "Written down by", value: `${row.by}, ${row.agency}` },
        ]}
      />
      {row.earlier.map((before) => (
        <Before key={before.at} before={before} />
      ))}
      <CanDo path={`/meetings/${row.id}`} options={row.options} of={named} at={at} />
    </article>
  );
}

/** What it said before it was put right: who did that, when and why stands above the words of then. */
function Before({ before }: { before: Meeting["earlier"][number] }) {
  return (
    <div class="govuk-inset-text">
      <p>
        Corrected by {before.by} on {dateTimeText(before.at)}, because: {before.reason}
      </p>
      <p>It said before:</p>
      <SummaryList
        rows={before.was.map(({ label, words }) => ({ label, value: lines(words) || "Nothing was written." }))}
      />
    </div>
  );
}
