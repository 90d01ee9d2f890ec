/** What can be done now, as the server says it: each option leads to a page of its own. */
import type { Option } from "../api/types";
import { appPath } from "../lib/format";

/** "/api/v1/referrals/1/start-triage/" is done at "/referrals/1/do/start_triage". */
export function optionPath(option: Option, back = "", at = ""): string {
  const record = appPath(option.url).replace(/\/[^/]+$/, "");
  const query = new URLSearchParams({ ...(back && { back }), ...(at && { at }) }).toString();
  return `${record}/do/${option.name}${query && `?${query}`}`;
}

interface Props {
  options: Option[];
  title?: string;
  /** Where to return to, when that is not the page of the record acted on. */
  back?: string;
}

/** What moves a record on comes first; the one way on, where there is only one, is the button. */
export function Options({ options, title = "What you can do", back }: Props) {
  if (options.length === 0) return null;
  const primary = options.find((option) => option.primary && option.obstacles.length === 0);
  const others = options.filter((option) => option !== primary);
  // What is added to a record, as a note of a visit, is everyday work like its edges: it keeps its place among them.
  const everyday = others.filter((option) => option.kind !== "command");
  const acts = others.filter((option) => option.kind === "command");
  return (
    <nav class="app-options" aria-label={title}>
      <h2 class="govuk-heading-s">{title}</h2>
      {primary && (
        <div class="app-options__primary">
          <a class="govuk-button" href={optionPath(primary, back)}>
            {primary.label}
          </a>
          {primary.hint && <p class="app-quiet">{primary.hint}</p>}
        </div>
      )}
      <List options={everyday} back={back} />
      {acts.length > 0 && others.length > acts.length && <h3 class="govuk-heading-s">Record, or put right</h3>}
      <List options={acts} back={back} />
    </nav>
  );
}

function List({ options, back }: Pick<Props, "options" | "back">) {
  if (options.length === 0) return null;
  return (
    <ul class="govuk-list">
      {options.map((option) => (
        <li key={option.name} class="app-options__item">
          <a href={optionPath(option, back)}>{option.label}</a>
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
