/** The record was changed by somebody else meanwhile: what they did, and how to go on with what was typed. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Change } from "../../api/client";
import { dateTimeText } from "../../lib/format";
import { Banner } from "../../ui/banner";

interface Props {
  changes: Change[];
  /** What the server says of it, for a change that it cannot list. */
  reasons: string[];
  possible: boolean;
  /** What stands in the way since then. */
  obstacles?: string[];
  /** What was changed in the answers of the form, where it changes what stands. */
  children?: ComponentChildren;
}

export function Changed({ changes, reasons, possible, obstacles = [], children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="alert">
      <Banner title="This changed while you were writing">
        {changes.length > 0 ? <What changes={changes} /> : reasons.map((reason) => <p key={reason}>{reason}</p>)}
        <p>{nextWords(possible, obstacles)}</p>
        {obstacles.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {children}
      </Banner>
    </div>
  );
}

function nextWords(possible: boolean, obstacles: string[]): string {
  if (!possible) return "This can no longer be done. What you typed is still here, so that you can copy it.";
  if (obstacles.length > 0) return "What you typed is still here. Since then something stands in the way:";
  return "What you typed is still here, and you can still send it. Read what changed, then send again if it still holds.";
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
