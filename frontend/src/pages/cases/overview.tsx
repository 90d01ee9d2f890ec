/** A case at a glance: why it is, what matters now, who is involved for what, and what comes next. */
import type { CaseOverview } from "../../api/types";
import { dateText } from "../../lib/format";
import { useResource } from "../../lib/resource";
import { Loading } from "../../ui/page";
import { Problem } from "../../ui/problem";
import { Lines, SummaryList } from "../../ui/summary";
import { SaidByKind } from "../referrals/content";

export function Overview({ id }: { id: string }) {
  const resource = useResource<CaseOverview>(`cases/${id}/overview/`);
  const overview = resource.data.value;
  if (resource.error.value && !overview) return <Problem error={resource.error.value} retry={resource.load} />;
  if (!overview) return <Loading />;
  return (
    <>
      {overview.why.map((one) => (
        <Why key={one.id} why={one} />
      ))}
      <Matters overview={overview} />
      <Dates rows={overview.dates} />
      <Involved rows={overview.involved} ways={[overview.refer_on, overview.refer_again]} />
    </>
  );
}

/** What led to the case, as the referral says it: with what each rests on, and who may read it. */
function Why({ why }: { why: CaseOverview["why"][number] }) {
  const id = `why-${why.reference}`;
  return (
    <section class="app-section" aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        Why: what {why.agency} said
      </h2>
      <p class="app-quiet">
        {why.person}, {dateText(why.submitted_at)} ·{" "}
        <a href={`/referrals/${why.id}`}>
          {why.says_more ? "It says more: read" : "Read"} referral {why.reference}
        </a>
      </p>
      <SaidByKind statements={why.statements} />
    </section>
  );
}

const lines = (text: string | undefined) => (text ? text.split("\n") : "");

function Matters({ overview }: { overview: CaseOverview }) {
  const { found_out: found, goals } = overview;
  return (
    <section class="app-section" aria-labelledby="matters">
      <h2 class="govuk-heading-m" id="matters">
        What matters now
      </h2>
      {!found && goals.length === 0 && (
        <p class="app-quiet">When an assessment is completed, what it found out stands here.</p>
      )}
      <SummaryList
        rows={[
          { label: "Primary need", value: overview.primary_need_label },
          { label: "What the child says", value: lines(found?.child_words) },
          { label: "Needs", value: lines(found?.needs) },
          { label: "Strengths", value: lines(found?.strengths) },
          { label: "What it means", value: lines(found?.analysis) },
          { label: "Goals", value: goals.length > 0 ? <Lines lines={goals} /> : "" },
          { label: "Found out", value: found?.on ? dateText(found.on) : "" },
        ]}
      />
    </section>
  );
}

function Dates({ rows }: { rows: CaseOverview["dates"] }) {
  if (rows.length === 0) return null;
  return (
    <section class="app-section" aria-labelledby="dates">
      <h2 class="govuk-heading-m" id="dates">
        What comes next
      </h2>
      <ul class="govuk-list app-actions">
        {rows.map((row) => (
          <li key={row.on + row.label} class="app-options__item">
            <p>{row.url ? <a href={row.url}>{row.label}</a> : row.label}</p>
            <p class="app-quiet">
              {dateText(row.on)} {row.is_late && <strong class="govuk-tag govuk-tag--red app-tag">Overdue</strong>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface InvolvedProps {
  rows: CaseOverview["involved"];
  ways: CaseOverview["refer_on"][];
}

function Involved({ rows, ways }: InvolvedProps) {
  return (
    <section class="app-section" aria-labelledby="involved">
      <h2 class="govuk-heading-m" id="involved">
        Who is involved
      </h2>
      <ul class="govuk-list app-actions">
        {rows.map((row) => (
          <li key={row.agency + row.person + row.what} class="app-options__item">
            <p>
              <strong>{row.agency}</strong>
              {row.person && `, ${row.person}`}
            </p>
            <p class="app-quiet">{row.url ? <a href={row.url}>{row.what}</a> : row.what}</p>
          </li>
        ))}
      </ul>
      {ways.map(
        (way) =>
          way && (
            <p key={way.url}>
              <a href={way.url}>{way.label}</a>
              <span class="app-quiet app-block">{way.hint}</span>
            </p>
          ),
      )}
    </section>
  );
}
