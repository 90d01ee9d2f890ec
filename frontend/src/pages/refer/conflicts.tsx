/** The same answer was changed in another tab or by a colleague: both are shown, the person chooses. */
import type { Field } from "../../api/types";
import { answerLines } from "../../lib/answers";
import type { Conflict } from "../../lib/autosave";
import { clockTime } from "../../lib/format";
import { Banner } from "../../ui/banner";
import { SummaryList } from "../../ui/summary";

interface Props {
  items: { field: Field; conflict: Conflict }[];
  onChoose: (field: string, keep: "mine" | "theirs") => void;
}

/** The clashes of the fields that a page asks. */
export function conflictsOn(
  page: { fields: Field[] },
  conflicts: Record<string, Conflict>,
): { field: Field; conflict: Conflict }[] {
  return page.fields.flatMap((field) => {
    const conflict = conflicts[field.name];
    return conflict ? [{ field, conflict }] : [];
  });
}

export function Conflicts({ items, onChoose }: Props) {
  return (
    <div aria-live="polite">
      {items.map(({ field, conflict }) => (
        <Banner key={field.name} title="Changed in two places">
          <p class="govuk-notification-banner__heading">{field.label}</p>
          <SummaryList
            rows={[
              { label: "Here", value: shown(field, conflict.mine) },
              { label: elsewhere(conflict), value: shown(field, conflict.theirs) },
            ]}
          />
          <div class="govuk-button-group">
            <button type="button" class="govuk-button" onClick={() => onChoose(field.name, "mine")}>
              Keep what is here
            </button>
            <button
              type="button"
              class="govuk-button govuk-button--secondary"
              onClick={() => onChoose(field.name, "theirs")}
            >
              Take the other
            </button>
          </div>
        </Banner>
      ))}
    </div>
  );
}

const elsewhere = ({ by, at }: Conflict) => `${by ? `By ${by}` : "Elsewhere"}, at ${clockTime(at)}`;

function shown(field: Field, value: Conflict["mine"]): string[] {
  const lines = answerLines(field, value);
  return lines.length > 0 ? lines : ["Nothing"];
}
