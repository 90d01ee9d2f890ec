/** A dialogue over the page that hides what is underneath and keeps it as it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  /** Closing by Escape; without it the dialogue stays until it is answered. */
  onDismiss?: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onDismiss, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onDismiss?.();
  };
  return (
    <dialog class="app-dialog" ref={dialog} aria-labelledby={id} onCancel={cancel}>
      <h2 class="govuk-heading-m" id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
