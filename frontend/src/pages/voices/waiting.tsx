/** On a manager’s home: how much of what people said waits for somebody who reads it; nothing where none does. */
import type { SayingRow } from "../../api/figures";
import { labelOf } from "../../lib/navigation";
import { useRows } from "../../lib/resource";

export function WordsToRead() {
  const { rows, hasMore } = useRows<SayingRow>("voices/?view=to-read");
  if (!rows || rows.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="home-voices">
      <h2 class="govuk-heading-m" id="home-voices">
        {labelOf("voices", "Community voice")}
      </h2>
      <p>
        <a href="/voices?view=to-read">
          Words to read: {rows.length}
          {hasMore && "+"}
        </a>
      </p>
    </section>
  );
}
