/** Waits and refusals by service: what became of each, how long until it began, and why somebody said no. */
import { useLocation } from "preact-iso/router";
import type { ServiceFigureRow, ServiceFigures, ServiceRecord } from "../../api/types";
import { dateText } from "../../lib/format";
import { labelOf } from "../../lib/navigation";
import { useResource } from "../../lib/resource";
import { asQuery, Counted } from "./counted";
import { CountedAt, Frame, HowCounted, Periods, RecordHead } from "./frame";
import { FigureSection, SplitSection } from "./shares";
import { timeText } from "./times";

const LABEL = "Waits and refusals";
const ASKED = ["period", "figure", "part", "group"];

export default function WaitsRoute() {
  const { query } = useLocation();
  if (query.figure) return <ServiceRecords key={JSON.stringify(query)} asked={query} />;
  return <WaitsPage period={query.period} />;
}

function apiPath(period?: string) {
  return period ? `figures/services/?period=${encodeURIComponent(period)}` : "figures/services/";
}

function WaitsPage({ period }: { period?: string }) {
  return (
    <Frame<ServiceFigures> place="waits" label={LABEL} path={apiPath(period)}>
      {(found) => (
        <>
          <p class="govuk-body-l">
            What became of the services that were recommended from {dateText(found.first_day)} to{" "}
            {dateText(found.last_day)}: in the cases that your agency leads, and of what it gives itself.
          </p>
          <Periods path="/waits" found={found} />
          <CountedAt found={found} />
          <SplitSection<ServiceFigureRow>
            split={found.services}
            head="Service"
            whole="In all"
            path={({ id }, part) => listPath(found.period, found.services.id, part, id)}
            more={[
              {
                label: "Half waited at most",
                cell: ({ begun, median_seconds }) => (begun ? timeText(median_seconds) : ""),
              },
            ]}
          />
          {found.figures.map((figure) => (
            <FigureSection
              key={figure.id}
              figure={figure}
              path={(row, isPart) => listPath(found.period, figure.id, isPart ? (row?.part ?? "") : "")}
            />
          ))}
          <WaitsCounted found={found} />
        </>
      )}
    </Frame>
  );
}

function listPath(period: string, figure: string, part: string, group = "") {
  return `/waits?${asQuery({ period, figure, part, group }, ASKED)}`;
}

function WaitsCounted({ found }: { found: ServiceFigures }) {
  return (
    <HowCounted>
      <p>
        By the day on which a service was recommended. The wait runs from that day to the day on which it began, and is
        shown where at least {found.median_from} began. Whoever still waits is not in it: a service with a long list can
        show a short wait for those few who have begun.
      </p>
      <p>
        A service that many families refuse or leave may ask too much, be too far away, or be offered to those it is not
        for. What was recommended by mistake is not counted, nor are records that you may not see, because of a conflict
        of interest or a seal.
      </p>
    </HowCounted>
  );
}

function ServiceRecords({ asked }: { asked: Record<string, string> }) {
  const found = useResource<ServiceFigures>(apiPath(asked.period)).data.value;
  const label = labelOf("waits", LABEL);
  return (
    <Counted<ServiceRecord>
      title={found ? titleOf(found, asked) : label}
      back={{ href: asked.period ? `/waits?period=${asked.period}` : "/waits", label }}
      found={found}
      path={`figures/services/list/?${asQuery(asked, ASKED)}`}
    >
      {(one) => <Record {...one} />}
    </Counted>
  );
}

function titleOf({ services, figures }: ServiceFigures, { figure, part, group }: Record<string, string>): string {
  const of = figures.find(({ id }) => id === figure);
  if (of) return [of.title, of.rows.find((row) => row.part === part)?.label].filter(Boolean).join(": ");
  const service = services.rows.find(({ id }) => id === group);
  const word = services.parts.find(({ code }) => code === part);
  return [service?.label ?? services.title, word?.label].filter(Boolean).join(": ");
}

function Record({ reference, title, url, on, days }: ServiceRecord) {
  const began =
    days === null ? "" : `, began ${days === 0 ? "on that day" : `${days} ${days === 1 ? "day" : "days"} later`}`;
  return (
    <>
      <RecordHead url={url} name={reference || title} />
      <p>{title}</p>
      <p class="app-quiet">
        Recommended on {dateText(on)}
        {began}
      </p>
    </>
  );
}
