/** A telephone number as it may be used: one to press, or one that is marked because it must not be called now. */
import { telephone } from "./phones";

interface Props {
  number: string;
  rule: string;
  refusals: string[];
}

export function SafeNumber({ number, rule, refusals }: Props) {
  const may = refusals.length === 0;
  return (
    <>
      {number && may && (
        <a class="app-unbroken" href={telephone(number)}>
          {number}
        </a>
      )}
      {number && !may && <span class="app-unbroken">{number}</span>}
      {!may && (
        <>
          {" "}
          <strong class="govuk-tag govuk-tag--red app-tag">Do not call now</strong>
        </>
      )}
      <p class="app-quiet">{refusals.join(" ") || `${rule}.`}</p>
    </>
  );
}
