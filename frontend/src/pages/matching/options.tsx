/** What can be said of a pair of records, as the server offers it: each leads to a page of its own. */
import type { ChildOption } from "../../api/types";

export function childOptionPath(option: ChildOption, referral: string): string {
  return `/referrals/${referral}/child/${option.name}${option.child ? `?child=${option.child}` : ""}`;
}

interface Props {
  options: ChildOption[];
  referral: string;
  /** Whom it is about: several cards offer the same. */
  about: string;
}

export function ChildOptions({ options, referral, about }: Props) {
  if (options.length === 0) return null;
  return (
    <ul class="govuk-list app-options">
      {options.map((option) => (
        <li class="app-options__item" key={option.name}>
          <a href={childOptionPath(option, referral)}>
            {option.label}
            <span class="govuk-visually-hidden">: {about}</span>
          </a>
          {option.obstacles.length > 0 ? (
            <p class="app-quiet">Not yet: {option.obstacles.join(" ")}</p>
          ) : (
            option.hint && <p class="app-quiet">{option.hint}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
