/** A button that copies a text; where the browser forbids that, or cannot, it says so instead. */
import { useState } from "preact/hooks";

const FORBIDDEN = "Your browser does not let us copy this. Select it and copy it yourself.";

export function Copy({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      // Missing altogether where the address is not one of https.
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid(FORBIDDEN);
    }
  };
  return (
    <>
      <button type="button" class="govuk-button govuk-button--secondary" disabled={!text} onClick={copy}>
        {label}
      </button>
      <span role="status">{said}</span>
    </>
  );
}
