/** The record was changed by somebody else meanwhile: what they did, and how to go on with what was typed. */
import { useEffect, useRef } from "preact/hooks";
import type { Change } from "../../api/client";
import { dateTimeText } from "../../lib/format";
import { Banner } from "../../ui/banner";

interface Props {
  changes: Change[];
  /** What the server says of it, for a change that it cannot list. */
  reasons: string[];
  possible: boolean;
}

export function Changed({ changes, reasons, possible }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="alert">
      <Banner title="This changed while you were writing">
        {changes.length > 0 ? <What changes={changes} /> : reasons.map((reason) => <p key={reason}>{reason}</p>)}
        <p>
          {possible
            ? "What you typed is still here. Read what changed, then send again if it still holds."
            : "This can no longer be done. What you typed is still here, so that you can copy it."}
        </p>
      </Banner>
    </div>
  );
}

function What({ changes }: { changes: Change[] }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {changes.map((change) => (
        <li key={change.verb + change.at}>
          {change.label}
          {change.by && `, by ${change.by}`}
          {change.at && `, ${dateTimeText(change.at)}`}
        </li>
      ))}
    </ul>
  );
}
