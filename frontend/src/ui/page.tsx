/** The frame of each page: title, back link, heading that takes focus on arrival, notices and failures. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Notice, notice } from "../lib/navigation";
import { NoticeBanner } from "./banner";
import { Problem } from "./problem";

interface PageProps {
  title: string;
  caption?: string;
  back?: { href: string; label: string };
  /** Whether the page shows an error summary, which the title must say first. */
  hasErrors?: boolean;
  /** Narrow pages keep forms and prose at a comfortable line length. */
  narrow?: boolean;
  error?: unknown;
  retry?: () => void;
  ready?: boolean;
  /** Where to go when this page has nothing to show. */
  onward?: { href: string; label: string };
  aside?: ComponentChildren;
  children?: ComponentChildren;
}

/** Keeps the line of a caption while its record loads, so that the heading does not move. */
export const NOTHING_YET = "\u00a0";

let firstDrawing = true;

/** Moves focus to the heading when a page opens, but not when the document itself has just loaded. */
function useArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (!firstDrawing) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    firstDrawing = false;
  }, []);
  return heading;
}

function useTitle(title: string, hasErrors: boolean): void {
  useEffect(() => {
    document.title = `${hasErrors ? "Error: " : ""}${title} – Alongside`;
  }, [title, hasErrors]);
}

/** What the last action said, taken once. */
function useNotice(): Notice | null {
  const [taken] = useState(() => notice.peek());
  useEffect(() => {
    notice.value = null;
  }, []);
  return taken;
}

export function Page(props: PageProps) {
  const heading = useArrival();
  useTitle(props.title, props.hasErrors ?? false);
  const said = useNotice();
  return (
    <div class={props.narrow ? "app-narrow" : undefined}>
      {props.back && (
        <a class="govuk-back-link" href={props.back.href}>
          {props.back.label}
        </a>
      )}
      <div class="app-page">
        {said && <NoticeBanner notice={said} />}
        <div class="app-heading">
          <h1 class="govuk-heading-l" tabIndex={-1} ref={heading}>
            {props.caption && <span class="govuk-caption-l">{props.caption}</span>}
            <Unbroken text={props.title} />
          </h1>
          {props.aside}
        </div>
        <Body {...props} />
      </div>
    </div>
  );
}

/** Keeps a reference with hyphens on one line, so that it can be read out and compared. */
function Unbroken({ text }: { text: string }) {
  const words = text.split(/(\S*\d\S*-\S*|\S*-\S*\d\S*)/);
  return <>{words.map((word, index) => (index % 2 === 1 ? <span class="app-unbroken">{word}</span> : word))}</>;
}

function Body({ error, retry, ready = true, onward, children }: PageProps) {
  if (error && !ready) return <Problem error={error} retry={retry} onward={onward} />;
  if (!ready) return <Loading />;
  return <>{children}</>;
}

/** Says that something is on its way, but only to those who have waited a moment. */
export function Loading() {
  return (
    <p class="app-loading" aria-busy="true">
      Loading…
    </p>
  );
}
