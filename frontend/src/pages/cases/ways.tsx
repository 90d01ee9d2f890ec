/** What can be done on one page of a case: an edge of the case, or something that only this page offers. */
import type { ComponentChildren } from "preact";
import type { Option } from "../../api/types";
import { optionPath } from "../../ui/options";

interface Props {
  label: string;
  options: Option[];
  back: string;
  /** The part of the case whose options[] hold what is added here. */
  at: string;
  /** Whether that part offers its edges too, of a record of its own such as the child. */
  own?: boolean;
  children?: ComponentChildren;
}

export function Ways({ label, options, back, at, own = false, children }: Props) {
  if (options.length === 0 && !children) return null;
  return (
    <nav class="app-options" aria-label={label}>
      <ul class="govuk-list">
        {options.map((option) => (
          <li key={option.name} class="app-options__item">
            <a href={optionPath(option, back, own || option.kind === "addition" ? at : "")}>{option.label}</a>
            <p class="app-quiet">
              {option.obstacles.length > 0 ? `Not yet: ${option.obstacles.join(" ")}` : option.hint}
            </p>
          </li>
        ))}
        {children}
      </ul>
    </nav>
  );
}
