/** What the reader of a list may do about one of its records, as links; the hidden words say about which one. */
import type { Note } from "../../api/types";
import { clockTime } from "../../lib/format";
import { Until } from "../act/undo";

interface Props {
  /** Where the record is acted on, such as "/notes/…". */
  path: string;
  options: Note["options"];
  /** What the record is called, for who hears the links one by one. */
  of: string;
  /** Where one comes back to. */
  at: string;
}

export function CanDo({ path, options, of, at }: Props) {
  if (options.length === 0) return null;
  return (
    <ul class="app-inline-links">
      {options.map(({ name, label, until }) => (
        <Until until={until} key={name}>
          <li>
            <a href={`${path}/do/${name}?back=${encodeURIComponent(at)}`}>
              {label}
              <span class="govuk-visually-hidden">: {of}</span>
            </a>
            {until && `, until ${clockTime(until)}`}
          </li>
        </Until>
      ))}
    </ul>
  );
}
