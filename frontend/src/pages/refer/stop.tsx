/** The page that stops the form: a child in danger, and a call comes first; or a family that said no. */
import { useLocation } from "preact-iso/router";
import { useDraft } from "../../lib/drafts";
import { Page } from "../../ui/page";
import { Phones } from "../../ui/phones";

export default function StopPage({ params }: { params: { id: string } }) {
  const { query } = useLocation();
  const { draft, error, load } = useDraft(params.id);
  const stop = draft.value?.stop;
  const tasks = `/referrals/${params.id}/draft`;
  const next = query.next?.startsWith(`/referrals/${params.id}/`) ? query.next : tasks;
  return (
    <Page
      title={stop?.title ?? "Nothing stops you now"}
      back={{ href: tasks, label: "All parts of this referral" }}
      narrow
      error={error.value}
      retry={load}
      onward={{ href: `/referrals/${params.id}`, label: "Open the referral" }}
      ready={draft.value !== null}
    >
      <div class={stop?.is_urgent ? "app-danger" : undefined}>
        {stop?.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <Phones phones={stop?.phones ?? []} />
      </div>
      {stop && <p>{stop.after}</p>}
      <div class="govuk-button-group">
        <a class="govuk-button" href={next}>
          {stop?.go_on ?? "Go on"}
        </a>
        {stop && !stop.is_urgent && <a href={tasks}>Save and come back later</a>}
      </div>
    </Page>
  );
}
