/** What can no longer be given once a case has closed, beside the form that closes it. */
import type { Outcomes } from "../../api/types";
import { useResource } from "../../lib/resource";
import { optionPath } from "../../ui/options";

/** The ways in which the work on a case ends by a form. */
export const ENDS: ReadonlySet<string> = new Set(["close", "confirm_transfer_out"]);

export function BeforeClosing({ id }: { id: string }) {
  const found = useResource<Outcomes>(`cases/${id}/outcomes/`).data.value;
  if (!found || found.before_closing.length === 0) return null;
  const way = found.options.find(({ name }) => name === "add_score");
  return (
    <section class="govuk-inset-text" aria-label="Before the case closes">
      <p>Nothing can be scored once the case has closed:</p>
      <ul class="govuk-list govuk-list--bullet">
        {found.before_closing.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {way && (
        <p>
          {/* What is typed in the form stays in its own tab. */}
          <a href={optionPath(way, `/cases/${id}/outcomes`, "outcomes")} target="_blank" rel="noreferrer noopener">
            Record a score, or why it is not possible (opens in a new tab)
          </a>
        </p>
      )}
    </section>
  );
}
