/** Exactly who will be told when this is done. */
export function WhoIsTold({ tells }: { tells: string[] }) {
  if (tells.length === 0) return null;
  return (
    <section class="app-tells" aria-labelledby="tells">
      <h2 class="govuk-heading-s" id="tells">
        Who will be told
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {tells.map((who) => (
          <li key={who}>{who}</li>
        ))}
      </ul>
    </section>
  );
}
