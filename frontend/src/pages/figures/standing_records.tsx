/** The records that one number of where work stands counts. */
import type { Standing, StandingRecord } from "../../api/types";
import { dateText, durationText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { asQuery, Counted } from "./counted";
import { RecordHead } from "./frame";
import { standingPath } from "./standing";

const ASKED = ["period", "figure", "part", "group"];

export function StandingRecords({ asked }: { asked: Record<string, string> }) {
  const found = useResource<Standing>(standingPath(asked.period)).data.value;
  const label = labelOf("standing", "Where work stands");
  return (
    <Counted<StandingRecord>
      title={found ? titleOf(found, asked) : label}
      back={{ href: asked.period ? `/standing?period=${asked.period}` : "/standing", label }}
      found={asked.figure === "now" ? null : found}
      path={`figures/standing/list/?${asQuery(asked, ASKED)}`}
    >
      {(one) => <Record figure={asked.figure ?? ""} {...one} />}
    </Counted>
  );
}

function titleOf(found: Standing, { figure, part, group }: Record<string, string>): string {
  const stay = found.stays.flatMap(({ title, rows }) => rows.map((row) => ({ ...row, title })));
  const state = stay.find(({ id }) => id === part);
  if (state) return `${state.title}, ${figure === "now" ? "now" : "no longer"}: ${state.label}`;
  const source = found.sources.rows.find(({ id }) => id === group);
  const word = found.sources.parts.find(({ code }) => code === part);
  if (source) return [source.label, word?.label].filter(Boolean).join(": ");
  const of = found.figures.find(({ id }) => id === figure);
  return [of?.title, of?.rows.find((row) => row.part === part)?.label].filter(Boolean).join(": ");
}

function Record({ figure, reference, title, url, on, seconds }: StandingRecord & { figure: string }) {
  const day = dateText(on);
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p>{title}</p>
      <p class="app-quiet">
        {seconds === null
          ? `${figure === "feedback" ? "Due" : "Sent"} on ${day}`
          : `${durationText(seconds)}, ${figure === "now" ? "since" : "until"} ${day}`}
      </p>
    </>
  );
}
