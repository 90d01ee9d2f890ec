/** Exactly who will be told when this is done. */
export function WhoIsTold({ tells }: { tells: string[] }) {
  return (
    <section class="app-tells" aria-labelledby="tells">
      <h2 class="govuk-heading-s" id="tells">
        Who will be told
      </h2>
      {tells.length === 0 ? (
        <p>Nobody is sent a message. It is written in the record's history.</p>
      ) : (
        <ul class="govuk-list govuk-list--bullet">
          {tells.map((who) => (
            <li key={who}>{who}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
