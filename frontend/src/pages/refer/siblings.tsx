/** Brothers and sisters: the referrals made together with this one, and the way to begin another. */
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { newKey, post } from "../../api/client";
import type { Referral } from "../../api/types";
import { explain } from "../../lib/explain";
import { ErrorSummary } from "../../ui/errors";

interface Props {
  referral: Pick<Referral, "id" | "siblings">;
  /** What has to be saved before its answers can be copied. */
  before?: () => Promise<boolean>;
}

export function Siblings({ referral, before }: Props) {
  const { route } = useLocation();
  const [reasons, setReasons] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());

  const begin = async () => {
    setBusy(true);
    setReasons([]);
    try {
      if (before && !(await before())) throw new Error("What you typed could not be saved yet. Try again.");
      const sibling = await post<Referral>("referrals/", { sibling_of: referral.id }, key.current);
      route(`/referrals/${sibling.id}/draft`);
    } catch (error) {
      setReasons(explain(error));
      setBusy(false);
    }
  };

  return (
    <section class="app-section" aria-labelledby="siblings">
      <h2 class="govuk-heading-m" id="siblings">
        Brothers and sisters
      </h2>
      {reasons.length > 0 && <ErrorSummary reasons={reasons} />}
      {referral.siblings.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {referral.siblings.map((one) => (
            <li key={one.id}>
              <a href={`/referrals/${one.id}`}>Referral {one.reference}</a>: {one.state_label.toLowerCase()}
            </li>
          ))}
        </ul>
      )}
      <p>
        A brother or sister who needs help too, also one not born yet, gets a referral of their own. What is the
        family’s is copied once; each is decided on its own.
      </p>
      <button type="button" class="govuk-button govuk-button--secondary" disabled={busy} onClick={begin}>
        {busy ? "Starting…" : "Refer a brother or sister too"}
      </button>
    </section>
  );
}
