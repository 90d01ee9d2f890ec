/** What was just done can be undone for a few minutes: one press, no form, and gone when the time is over. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { newKey, post } from "../../api/client";
import type { Option } from "../../api/types";
import { explain } from "../../lib/explain";
import { clockTime } from "../../lib/format";
import { now } from "../../lib/now";
import { readAgain } from "../../lib/resource";

const isOver = (until: string) => Date.parse(until) <= now.value.getTime();

interface Undoable {
  version?: number;
  options?: Option[];
}

/** The undoing that a record offers after an act, if the server offers one. */
export function undoOf(record: Undoable): ComponentChildren {
  const option = record.options?.find(({ until, input }) => until && input.length === 0);
  return option ? <Undo option={option} version={record.version} /> : undefined;
}

/** The server has the last word: a press that comes too late says so. */
function Undo({ option, version }: { option: Option; version: number | undefined }) {
  const [key] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [isUndone, setUndone] = useState(false);
  const [failure, setFailure] = useState<string[]>([]);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (isUndone) said.current?.focus();
  }, [isUndone]);
  const undo = async () => {
    setBusy(true);
    try {
      await post(option.url, { version }, key);
      setUndone(true);
      readAgain();
    } catch (error) {
      setFailure(explain(error));
    }
    setBusy(false);
  };
  if (isUndone) {
    return (
      <p ref={said} tabIndex={-1}>
        You have undone this. It is as it was before.
      </p>
    );
  }
  return (
    <>
      <Until until={option.until}>
        <p>
          <button type="button" class="app-link-button" disabled={busy} onClick={undo}>
            {option.label}
          </button>{" "}
          You can undo this until {clockTime(option.until ?? "")}.
        </p>
      </Until>
      {failure.map((sentence) => (
        <p key={sentence} role="alert">
          {sentence}
        </p>
      ))}
    </>
  );
}

/** The options that can be taken still: what can be undone for a few minutes goes by itself when they are over. */
export const stillOpen = (options: Option[]) => options.filter(({ until }) => !until || !isOver(until));

/** Shows what can be done until a certain time for as long as that has not come; what has no such time, always. */
export function Until({ until, children }: { until: string | undefined; children: ComponentChildren }) {
  return until && isOver(until) ? null : <>{children}</>;
}
