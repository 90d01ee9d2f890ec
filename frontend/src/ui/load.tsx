/** What somebody has in hand: how many open cases of each priority, in words, and what they weigh. */
import type { PersonLoad, TeamLoad } from "../api/types";

export const NO_TEAM = "No team";

export const casesText = (cases: number) => (cases === 1 ? "1 open case" : `${cases || "No"} open cases`);

export function handText({ people, cases, weight }: Omit<TeamLoad, "team">): string {
  const persons = people === 1 ? "1 person" : `${people} people`;
  return `${persons}, ${casesText(cases).toLowerCase()}, weight ${weight}`;
}

export function Load({ person }: { person: PersonLoad }) {
  return (
    <p class="app-quiet">
      {casesText(person.cases)}
      {person.loads.length > 0 &&
        `: ${person.loads.map(({ label, cases }) => `${cases} ${label.toLowerCase()}`).join(", ")}`}
    </p>
  );
}

export function HowWeighed({ weighed }: { weighed: string[] }) {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">How weight is counted</span>
      </summary>
      <div class="govuk-details__text">
        <p>Each open case counts by how soon help is needed. Weight is a help to choose, not a limit.</p>
        <ul class="govuk-list govuk-list--bullet">
          {weighed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </details>
  );
}
