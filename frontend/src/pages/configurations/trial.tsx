/** What came of trying a draft out: counts that tell of nobody, and made-up examples. */
import type { Trial, Version } from "../../api/types";
import { dateTimeText } from "../../lib/format";
import { Table } from "../../ui/rows";

export function TrialResult({ version, trial }: { version: Version; trial: Trial }) {
  const few = `fewer than ${trial.fewest}`;
  const named = (found: string[]) => found.join(", ") || "None";
  return (
    <section class="app-section" aria-labelledby="trial">
      <h2 class="govuk-heading-m" id="trial">
        What it would have done
      </h2>
      <p>
        Tried out by {version.tried_by} on {dateTimeText(version.tried_at)}, on the referrals of the last {trial.days}{" "}
        days ({trial.looked_at ?? few}), counted to the nearest {trial.fewest}.
      </p>
      <Table
        caption="How many referrals each would have flagged"
        small
        columns={[
          { label: "Rule", cell: (row) => row.label },
          { label: "This version", cell: (row) => row.count ?? few },
          { label: "In force then", cell: (row) => row.count_now ?? few },
        ]}
        rows={trial.counts.map((row) => ({ ...row, id: row.code }))}
      />
      <Table
        caption="Made-up examples"
        small
        columns={[
          { label: "Example", cell: (row) => row.name },
          { label: "This version", cell: (row) => named(row.found) },
          { label: "In force then", cell: (row) => named(row.found_now) },
        ]}
        rows={trial.examples.map((row) => ({ ...row, id: row.name }))}
      />
    </section>
  );
}
