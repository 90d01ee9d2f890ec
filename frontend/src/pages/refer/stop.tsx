/** The page that stops: a child is in danger now, and a call comes before any form. */
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
      title={stop?.title ?? "Call first"}
      back={{ href: tasks, label: "All parts of this referral" }}
      narrow
      error={error.value}
      retry={load}
      onward={{ href: `/referrals/${params.id}`, label: "Open the referral" }}
      ready={draft.value !== null}
    >
      <div class="app-danger">
        {stop?.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <Phones phones={stop?.phones ?? []} />
      </div>
      <p>When you have called, go on: the form is then the written follow-up of your call. What you typed is saved.</p>
      <a class="govuk-button" href={next}>
        I have called
      </a>
    </Page>
  );
}
