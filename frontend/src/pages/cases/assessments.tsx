/** The assessments of a case, the newest first, and the beginning of another. */
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { newKey, post } from "../../api/client";
import type { Assessment, AssessmentRow, CaseAssessments, Option } from "../../api/types";
import { explain } from "../../lib/explain";
import { dateText } from "../../lib/format";
import { forgetAll, remember, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { Page } from "../../ui/page";
import { Cards } from "../../ui/rows";
import { StateTag } from "../../ui/status";
import { Sections } from "./sections";

export default function CaseAssessmentsRoute({ params }: { params: { id: string } }) {
  const resource = useResource<CaseAssessments>(`cases/${params.id}/assessments/`);
  const found = resource.data.value;
  return (
    <Page
      title="Assessment"
      caption={found ? `Case ${found.reference}` : "Case"}
      back={{ href: `/cases/${params.id}`, label: "The case" }}
      error={resource.error.value}
      retry={resource.load}
      ready={found !== null}
    >
      <Sections id={params.id} current="/assessments" />
      {found?.options.map((option) => (
        <Begin key={option.name} option={option} />
      ))}
      {found?.results.length === 0 && (
        <p class="app-empty">
          Nobody has begun an assessment yet. What the child and family need, and what is strong already, will stand
          here.
        </p>
      )}
      {found && <Versions rows={found.results} />}
    </Page>
  );
}

function Begin({ option }: { option: Option }) {
  const { route } = useLocation();
  const key = useRef(newKey());
  const [failure, setFailure] = useState<unknown>(null);
  const begin = async () => {
    try {
      const begun = await post<Assessment>(option.url, {}, key.current);
      forgetAll();
      remember(`assessments/${begun.id}/`, begun);
      route(`/assessments/${begun.id}`);
    } catch (error) {
      key.current = newKey();
      setFailure(error);
    }
  };
  return (
    <>
      {failure !== null && <ErrorSummary reasons={explain(failure)} />}
      <p>{option.hint}</p>
      <button type="button" class="govuk-button" onClick={begin}>
        {option.label}
      </button>
    </>
  );
}

function Versions({ rows }: { rows: AssessmentRow[] }) {
  return (
    <Cards rows={rows}>
      {(row) => (
        <>
          <p class="app-card__head">
            <a class="app-card__link" href={`/assessments/${row.id}`}>
              Assessment {row.number}
            </a>
            <StateTag label={row.state_label} />
          </p>
          <p class="app-quiet">
            Begun {dateText(row.started_at)} by {row.started_by}, {row.agency}
            {row.ended_at && `. ${row.state_label} ${dateText(row.ended_at)}, by ${row.ended_by}`}
          </p>
        </>
      )}
    </Cards>
  );
}
