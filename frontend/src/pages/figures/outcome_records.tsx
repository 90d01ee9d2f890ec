/** The records that one number of the outcomes counts. */
import type { CountedRecord, OutcomeFigures } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { asQuery, Counted } from "./counted";
import { RecordHead } from "./frame";
import { figuresPath } from "./outcomes";

const ASKED = ["period", "figure", "part", "service"];
/** What happened on the day that stands beside a record. */
const DAYS: Record<string, string> = {
  questionnaires: "Scored last on",
  goals: "Ended on",
  goal_scores: "Ended on",
  services: "Ended on",
  services_met: "Ended on",
  sustained: "Half a year was over on",
};

export function OutcomeRecords({ asked }: { asked: Record<string, string> }) {
  const resource = useResource<OutcomeFigures>(figuresPath(asked.period));
  const found = resource.data.value;
  const figure = found?.figures.find(({ id }) => id === asked.figure);
  const row = figure?.rows.find(({ part, service }) => (service ? service === asked.service : part === asked.part));
  const label = labelOf("outcomes", "Outcomes");
  const back = { href: asked.period ? `/outcomes?period=${asked.period}` : "/outcomes", label };
  return (
    <Counted<CountedRecord>
      title={[figure?.title ?? label, row?.label].filter(Boolean).join(": ")}
      back={back}
      found={found}
      path={`figures/outcomes/list/?${asQuery(asked, ASKED)}`}
      list="outcomes"
    >
      {(one) => <Record day={DAYS[asked.figure ?? ""] ?? "Closed on"} {...one} />}
    </Counted>
  );
}

function Record({ reference, title, url, on, day }: CountedRecord & { day: string }) {
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p>{title}</p>
      <p class="app-quiet">
        {day} {dateText(on)}
      </p>
    </>
  );
}
