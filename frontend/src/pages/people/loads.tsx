/** What waits for a lead practitioner and what each person has in hand: each number opens the list that it counts. */
import type { ComponentChildren } from "preact";
import type { Loads as Found, InHand } from "../../api/types";
import { gathered } from "../../lib/gather";
import { casesText, HowWeighed, handText, NO_TEAM } from "../../ui/load";
import { type Column, Table } from "../../ui/rows";

/** The cases of one's agency that are like this. */
const listOf = (filters: Record<string, string>) => `/cases?${new URLSearchParams({ view: "lead", ...filters })}`;

interface AmountProps {
  number: number;
  /** What is counted, for whoever hears the number alone. */
  of: string;
  filters: Record<string, string>;
}

/** Nothing is behind none. */
function Amount({ number, of, filters }: AmountProps) {
  if (number === 0) return <>0</>;
  return (
    <a href={listOf(filters)}>
      {number}
      <span class="govuk-visually-hidden"> {of}</span>
    </a>
  );
}

/** How many of each kind, each with its list. */
function Kinds({ loads, worker, of }: { loads: InHand["loads"]; worker: string; of: string }) {
  if (loads.length === 0) return <>None</>;
  return (
    <>
      {loads.map(({ code, label, cases }, index) => (
        <>
          {index > 0 && ", "}
          <a href={listOf({ worker, how_soon: code })}>
            {cases} {label.toLowerCase()}
            <span class="govuk-visually-hidden"> {of}</span>
          </a>
        </>
      ))}
    </>
  );
}

const columnsOf = (weight: number): Column<InHand>[] => [
  { label: "Name", cell: ({ name, role }) => `${name}, ${role.toLowerCase()}` },
  {
    label: "Open cases",
    cell: ({ id, name, cases }) => <Amount number={cases} of={`open cases of ${name}`} filters={{ worker: id }} />,
  },
  { label: "How soon", cell: ({ id, name, loads }) => <Kinds loads={loads} worker={id} of={`of ${name}`} /> },
  { label: `Weight of ${weight}`, cell: ({ weight: own }) => own },
  {
    label: "Overdue",
    cell: ({ id, name, overdue }) => (
      <Amount number={overdue} of={`cases of ${name} with something overdue`} filters={{ worker: id, late: "yes" }} />
    ),
  },
  {
    label: "Work",
    cell: ({ name, membership_id, cases }) =>
      membership_id &&
      cases > 0 && (
        <a href={`/people/${membership_id}/reassign`}>
          Reassign<span class="govuk-visually-hidden"> the work of {name}</span>
        </a>
      ),
  },
];

function teamText(people: InHand[]): string {
  const sum = (of: (person: InHand) => number) => people.reduce((total, person) => total + of(person), 0);
  return handText({ people: people.length, cases: sum(({ cases }) => cases), weight: sum(({ weight }) => weight) });
}

interface Props {
  found: Found;
  /** What comes right after what waits for somebody. */
  children?: ComponentChildren;
  /** Where there is more to see than this, only who has a case is shown. */
  isShort?: boolean;
}

export function Loads({ found, isShort, children }: Props) {
  const columns = columnsOf(found.total.weight);
  const people = isShort ? found.people.filter(({ cases }) => cases > 0) : found.people;
  return (
    <>
      <Totals found={found} />
      {children}
      {gathered(people, ({ team }) => team || NO_TEAM).map(([team, members]) => (
        <div class="app-loads" key={team}>
          <Table caption={`${team}: ${teamText(members)}`} columns={columns} rows={members} small={isShort} />
          <OfTeam team={team} people={members} />
        </div>
      ))}
      {isShort && <Others number={found.people.length - people.length} />}
      <HowWeighed weighed={found.weighed} />
    </>
  );
}

function Others({ number }: { number: number }) {
  const text = number === 1 ? "1 person of your agency has no open case" : `${number} people have no open case`;
  return (
    <p>
      {number > 0 && `${text}. `}
      <a href="/caseloads">See everybody</a>
    </p>
  );
}

/** The cases of a team together, where it has any. */
function OfTeam({ team, people }: { team: string; people: InHand[] }) {
  const id = people[0]?.team_id;
  const cases = people.reduce((total, person) => total + person.cases, 0);
  if (!id || cases === 0) return null;
  return (
    <p>
      <a href={listOf({ team: id })}>
        See {cases === 1 ? "the open case" : `the ${cases} open cases`} of {team}
      </a>
    </p>
  );
}

function Totals({ found: { unallocated, total } }: { found: Found }) {
  return (
    <ul class="govuk-list app-links">
      <li>
        <Whole number={unallocated.cases} filters={{ worker: "nobody" }}>
          {unallocated.cases === 1 ? "waits for a lead practitioner" : "wait for a lead practitioner"}
        </Whole>
      </li>
      <li>
        <Whole number={total.cases} filters={{}}>
          led by your agency in all, weight {total.weight}
        </Whole>
      </li>
      <li>
        <Whole number={total.overdue} filters={{ late: "yes" }}>
          with something overdue
        </Whole>
      </li>
    </ul>
  );
}

interface WholeProps {
  number: number;
  filters: Record<string, string>;
  children: ComponentChildren;
}

function Whole({ number, filters, children }: WholeProps) {
  const text = (
    <>
      {casesText(number)} {children}
    </>
  );
  return number > 0 ? <a href={listOf(filters)}>{text}</a> : text;
}
