/** Says who else has this record open just now, so that two people do not do the same thing twice. */
import { type Others, useOthers } from "../lib/presence";

function named(people: Others): string {
  const names = people.map(({ name, agency }) => `${name} (${agency})`);
  const last = names.pop() ?? "";
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}

const are = (people: Others) => (people.length > 1 ? "are" : "is");

export function Present({ root, isWriting = false }: { root: string; isWriting?: boolean }) {
  const others = useOthers(root, isWriting);
  const writing = others.filter((one) => one.is_writing);
  const reading = others.filter((one) => !one.is_writing);
  return (
    <div class="app-present" aria-live="polite">
      {writing.length > 0 && (
        <p>
          {named(writing)} {are(writing)} changing something here just now. If you both change the same thing, whoever
          saves second is asked first.
        </p>
      )}
      {reading.length > 0 && (
        <p>
          {named(reading)} {are(reading)} looking at this too.
        </p>
      )}
    </div>
  );
}
