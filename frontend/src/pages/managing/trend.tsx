/** How the work of one's agency has grown or shrunk: a line for what was open, came and went, and a list behind each number. */
import type { Trend as Found } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Lines } from "../../ui/charts/lines";
import { Problem } from "../../ui/problem";

type Month = Found["months"][number];

const COUNTED = [
  { what: "open", label: "Open at its end" },
  { what: "opened", label: "Opened or taken over" },
  { what: "closed", label: "Closed or handed over" },
  { what: "received", label: "Referrals received" },
] as const;

const shortOf = ({ id }: Month) => {
  const [year, month] = id.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1)).toLocaleString("en-GB", {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
};

export function Trend() {
  const resource = useResource<Found>("figures/trend/");
  const months = resource.data.value?.months;
  return (
    <section class="app-section" aria-labelledby="home-trend">
      <h2 class="govuk-heading-m" id="home-trend">
        The last twelve months
      </h2>
      {Boolean(resource.error.value) && <Problem error={resource.error.value} retry={resource.load} />}
      {months && (
        <Lines
          finding={findingOf(months)}
          table={{
            caption: "By month",
            head: ["Month", ...COUNTED.map(({ label }) => label)],
            rows: months.map((month) => ({
              id: month.id,
              cells: [month.label, ...COUNTED.map((one) => <Amount key={one.what} month={month} {...one} />)],
            })),
          }}
          months={months.map(shortOf)}
          series={COUNTED.map(({ what, label }) => ({ label, values: months.map((month) => month[what]) }))}
        />
      )}
    </section>
  );
}

interface AmountProps {
  month: Month;
  what: (typeof COUNTED)[number]["what"];
  label: string;
}

/** Nothing is behind none. */
function Amount({ month, what, label }: AmountProps) {
  if (month[what] === 0) return <>0</>;
  return (
    <a href={`/figures/trend?${new URLSearchParams({ month: month.id, what })}`}>
      {month[what]}
      <span class="govuk-visually-hidden">
        {" "}
        of {month.label}: {label.toLowerCase()}
      </span>
    </a>
  );
}

const openText = (cases: number) => (cases === 1 ? "1 case was open" : `${cases || "No"} cases were open`);

/** How the number of open cases stands to that of a year before. */
function findingOf(months: Month[]): string {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return "Nothing was counted yet.";
  const change = last.open - first.open;
  const how = change === 0 ? "as" : `${Math.abs(change)} ${change > 0 ? "more" : "fewer"} than`;
  return `${openText(last.open)} at the end of ${last.label}, ${how} at the end of ${first.label}.`;
}
