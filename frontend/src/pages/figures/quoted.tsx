/** What somebody said, in their words, with what the counts allow to be said of who it was. */
import type { Quotation } from "../../api/figures";

export function Quoted({ quotation: { text, beside } }: { quotation: Quotation }) {
  return (
    <figure class="govuk-inset-text app-quotation">
      <blockquote class="app-lines">“{text}”</blockquote>
      {beside.length > 0 && <figcaption class="app-quiet">{beside.join(". ")}</figcaption>}
    </figure>
  );
}
