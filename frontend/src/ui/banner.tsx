/** Banners: what has just been done, and what needs attention. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Notice } from "../lib/navigation";

export function NoticeBanner({ notice }: { notice: Notice }) {
  return (
    <Banner title="Done" success>
      <p class="govuk-notification-banner__heading">{notice.title}</p>
      {notice.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {notice.undo}
    </Banner>
  );
}

interface BannerProps {
  title: string;
  success?: boolean;
  children: ComponentChildren;
}

export function Banner({ title, success = false, children }: BannerProps) {
  const id = useId();
  const inner = (
    <>
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={id}>
          {title}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">{children}</div>
    </>
  );
  if (success) {
    return (
      <div class="govuk-notification-banner govuk-notification-banner--success" role="status">
        {inner}
      </div>
    );
  }
  return (
    <section class="govuk-notification-banner" aria-labelledby={id}>
      {inner}
    </section>
  );
}

export function Warning({ children }: { children: ComponentChildren }) {
  return (
    <div class="govuk-warning-text">
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">Warning</span>
        {children}
      </strong>
    </div>
  );
}
