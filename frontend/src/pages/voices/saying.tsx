/** One thing that somebody said: whether they agreed that it is used, who has read it, and what can be done. */
import type { Saying } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";
import { monthText } from "../figures/frame";

export default function SayingRoute({ params }: { params: { id: string } }) {
  return <SayingPage key={params.id} id={params.id} />;
}

function SayingPage({ id }: { id: string }) {
  const resource = useResource<Saying>(`voices/${id}/`);
  const one = resource.data.value;
  return (
    <Page
      title="What somebody said"
      back={{ href: "/voices", label: labelOf("voices", "Community voice") }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && (
        <>
          {one.state_reason && (
            <div class="govuk-inset-text">
              {one.state_label}: {one.state_reason}
            </div>
          )}
          <SummaryList rows={rowsOf(one)} />
          <Options options={one.options} />
        </>
      )}
    </Page>
  );
}

function rowsOf(one: Saying) {
  return [
    { label: "Who said it", value: one.speaker },
    { label: "What it is about", value: one.direction },
    { label: "Themes", value: one.themes.join(", ") },
    { label: "Their words", value: one.words && <span class="app-lines">“{one.words}”</span> },
    { label: "May the words be used?", value: one.agreement },
    { label: "Asked by", value: one.asked_by && `${one.asked_by}, ${dateText(one.asked_on as string)}` },
    { label: "When they said it", value: monthText(one.month) },
    { label: "Ward", value: one.ward || "The whole city, or not said" },
    { label: "Written down by", value: `${one.recorded_by}, ${one.agency}, ${dateTimeText(one.recorded_at)}` },
    {
      label: "Words that others read",
      value: one.released_words && <span class="app-lines">“{one.released_words}”</span>,
    },
    {
      label: "Released by",
      value: one.released_by && `${one.released_by}, ${dateTimeText(one.released_at as string)}`,
    },
    { label: "Counted", value: one.is_counted ? "Yes" : "No" },
    { label: "Next", value: one.next_step },
  ];
}
