/** Why something on a card could not be done, beside where it was tried. */
export function Failures({ sentences }: { sentences: string[] }) {
  return (
    <>
      {sentences.map((sentence) => (
        <p class="govuk-error-message" role="alert" key={sentence}>
          {sentence}
        </p>
      ))}
    </>
  );
}
