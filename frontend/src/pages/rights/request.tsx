/** One request for a copy: who asks, how far it is, the file where it is there, and what can be done. */
import { useEffect } from "preact/hooks";
import type { SubjectRequest } from "../../api/types";
import { dateText, dateTimeText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { Options } from "../../ui/options";
import { Page } from "../../ui/page";
import { StateTag } from "../../ui/status";
import { SummaryList } from "../../ui/summary";

const LOOK_AGAIN_MS = 3000;
/** What the words of whoever wants it ended are called while a second person has not agreed yet. */
const WHY: Record<string, string> = {
  refusing: "Why it would be refused, and what they would be told",
  withdrawing: "Why nobody would wait for it any more, and who said so",
};

export function OneRequest({ id }: { id: string }) {
  const resource = useResource<SubjectRequest>(`subject-requests/${id}/`);
  const one = resource.data.value;
  const works = one?.copying.is_working ?? false;
  useEffect(() => {
    if (!works) return;
    const timer = setInterval(() => void resource.load(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [works, resource]);
  return (
    <Page
      title="Request for a copy"
      caption={one?.reference}
      back={{ href: "/subject-requests", label: labelOf("subject-requests", "Requests for a copy") }}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={one !== null}
      aside={one && <StateTag label={one.state_label} />}
    >
      {one && <Body one={one} />}
    </Page>
  );
}

/** Who did something, and when; nothing where nobody has. */
const byAt = (who: string, at: string | null) => who && `${who}, ${dateTimeText(at as string)}`;

function Body({ one }: { one: SubjectRequest }) {
  return (
    <>
      {one.sent_back_why && <div class="govuk-inset-text">Sent back: {one.sent_back_why}</div>}
      {one.not_refused_why && one.state !== "refusing" && (
        <div class="govuk-inset-text">Not refused: {one.not_refused_why}</div>
      )}
      {one.not_withdrawn_why && one.state !== "withdrawing" && (
        <div class="govuk-inset-text">Not withdrawn: {one.not_withdrawn_why}</div>
      )}
      <HowFar one={one} />
      <Options options={one.options} />
      <SummaryList
        rows={[
          { label: "Whose record", value: one.child + (one.child_born ? `, born ${dateText(one.child_born)}` : "") },
          { label: "Who asks", value: `${one.asker_name}. ${one.asker}.` },
          { label: "By what they may ask", value: one.authority },
          { label: "How we know that it is them", value: one.identity },
          { label: "What was seen or asked", value: one.identity_note },
          { label: "What they ask for", value: <span class="app-lines">{one.asks_for}</span> },
          { label: "Received", value: dateText(one.received_on) },
          {
            label: "To be answered by",
            value: `${dateTimeText(one.due_at)}, by this partnership’s own target${one.is_late ? ": late" : ""}`,
          },
          {
            label: "Why it takes longer",
            value:
              one.extended_why && `${one.extended_why}. They were told on ${dateText(one.extended_told_on as string)}.`,
          },
          { label: "Recorded by", value: `${one.recorded_by}, ${one.agency}, ${dateTimeText(one.recorded_at)}` },
          { label: "Agreed by", value: byAt(one.confirmed_by, one.confirmed_at) },
          { label: "Sent for a check by", value: byAt(one.sent_by, one.sent_at) },
          { label: "Released by", value: byAt(one.released_by, one.ended_at) },
          { label: "Refusal asked for by", value: byAt(one.refusal_by, one.refusal_at) },
          { label: "Refused by", value: byAt(one.refused_by, one.ended_at) },
          { label: "Withdrawal asked for by", value: byAt(one.withdrawal_by, one.withdrawal_at) },
          { label: "Withdrawn by", value: byAt(one.withdrawn_by, one.ended_at) },
          {
            label: WHY[one.state] ?? "Why it ended",
            value: [one.ended_why, one.ended_note].filter(Boolean).join(". "),
          },
          { label: "Next", value: one.next_step },
        ]}
      />
    </>
  );
}

/** What the worker does, what is still to be decided, and the file. */
function HowFar({ one }: { one: SubjectRequest }) {
  const { copying } = one;
  if (copying.has_failed && one.state !== "refused" && one.state !== "withdrawn") {
    return (
      <p role="alert">
        Something went wrong three times while {copying.task === "draw" ? "the file was made" : "the record was copied"}
        . Tell whoever runs Alongside for you.
      </p>
    );
  }
  if (copying.is_working) return <Progress one={one} />;
  return (
    <>
      {one.state === "open" && <ToDecide one={one} />}
      {copying.has_file && <File one={one} />}
    </>
  );
}

function Progress({ one: { copying } }: { one: SubjectRequest }) {
  const what = copying.task === "draw" ? "The file is being made" : "The record is being copied";
  if (copying.total === null) return <p role="status">{what}. It begins within a minute. You can leave this page.</p>;
  return (
    <p role="status">
      <progress max={Math.max(copying.total, 1)} value={copying.done} aria-label={what} /> {what}: {copying.done} of{" "}
      {copying.total} passages. You can leave this page.
    </p>
  );
}

function ToDecide({ one }: { one: SubjectRequest }) {
  const left = one.views.find(({ value }) => value === "to-decide")?.number ?? 0;
  const all = one.views.find(({ value }) => value === "all")?.number ?? 0;
  return (
    <p>
      <a class="govuk-button govuk-button--secondary" href={`/subject-requests/${one.id}/passages`}>
        Look through the record
      </a>
      <br />
      {left === 0 ? `All ${all} passages are decided.` : `${left} of ${all} passages are still to be decided.`}
    </p>
  );
}

function File({ one }: { one: SubjectRequest }) {
  const { copying } = one;
  const base = `/api/v1/subject-requests/${one.id}`;
  return (
    <section class="app-section" aria-labelledby="file">
      <h2 class="govuk-heading-m" id="file">
        {one.state === "released" ? "The copy" : "The copy, as it would go out"}
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        <li>
          <a href={`${base}/copy.pdf/`} download>
            Download it to be read
          </a>{" "}
          ({copying.pdf_label})
        </li>
        <li>
          <a href={`${base}/copy.json/`} download>
            Download it as data
          </a>{" "}
          ({copying.data_label})
        </li>
      </ul>
      <p class="app-quiet">
        {copying.expires_at && `It is deleted on ${dateTimeText(copying.expires_at)}. `}
        What was taken out is not in it. Each download is written down. SHA-256 of the PDF:{" "}
        <span class="app-proof">{copying.pdf_sha256}</span>
      </p>
    </section>
  );
}
