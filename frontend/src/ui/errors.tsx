/** The error summary and the messages at the fields, saying the same sentences. */
import { useEffect, useRef } from "preact/hooks";
import type { FieldErrors } from "../api/client";

export const fieldId = (name: string): string => `field-${name.replace(/[^\w-]/g, "-")}`;

interface SummaryProps {
  /** Sentences about the whole, that belong to no field. */
  reasons?: string[];
  fields?: FieldErrors;
  /** Changes with each attempt, so that focus comes back when the same errors stand. */
  attempt?: number;
  /** The address of a field that is on another page. */
  hrefOf?: (field: string) => string;
}

export function ErrorSummary({ reasons = [], fields = {}, attempt = 0, hrefOf }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView?.({ block: "nearest" });
  }, [attempt]);
  const entries = Object.entries(fields).flatMap(([field, sentences]) =>
    sentences.map((sentence) => ({ field, sentence })),
  );
  return (
    <div class="govuk-error-summary" ref={box} tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">There is a problem</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
            {entries.map(({ field, sentence }) => (
              <li key={field + sentence}>
                <a href={hrefOf?.(field) ?? `#${fieldId(field)}`} onClick={hrefOf ? undefined : goTo(field)}>
                  {sentence}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** The control of a field, or the first one of a list of things. */
function controlOf(name: string): HTMLElement | null {
  const id = fieldId(name);
  return document.getElementById(id) ?? document.querySelector(`:is(input, select, textarea)[id^="${id}-"]`);
}

/** Focuses the field itself: a plain anchor would only scroll, with the label out of sight. */
function goTo(name: string) {
  return (event: MouseEvent) => {
    const field = controlOf(name);
    if (!field) return;
    event.preventDefault();
    const label = field.closest(".govuk-form-group")?.querySelector("legend, label") ?? field;
    label.scrollIntoView();
    field.focus({ preventScroll: true });
  };
}

export function ErrorMessage({ id, sentences }: { id: string; sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <p id={id} class="govuk-error-message">
      <span class="govuk-visually-hidden">Error:</span> {sentences.join(" ")}
    </p>
  );
}
