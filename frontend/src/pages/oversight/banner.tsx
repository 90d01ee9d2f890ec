/** Stands on every page that somebody reads in an emergency: what holds, and where it is closed. */

export default function GlassBanner() {
  return (
    <section class="govuk-inset-text app-glass" aria-label="Emergency reading">
      <strong>You read this in an emergency.</strong> It is not yours otherwise. Every page you open is written down,
      and your manager and information governance look at it. You cannot change, print or export anything.{" "}
      <a href="/break-glass">Close it as soon as you know enough</a>.
    </section>
  );
}
