/** Who takes a case: the team first, then the person, each with what they have in hand; nobody is chosen beforehand. */
import { useContext, useState } from "preact/hooks";
import type { PersonLoad, Practitioners, TeamLoad } from "../../api/types";
import { useResource } from "../../lib/resource";
import { fieldId } from "../errors";
import { HowWeighed, handText, Load, NO_TEAM } from "../load";
import { Loading } from "../page";
import { Problem } from "../problem";
import { RecordUrl } from "./child";
import { type FieldProps, Grouped } from "./frame";

/** More people than these are looked through by name. */
const MANY = 8;

export function PractitionerField(props: FieldProps) {
  const url = `${useContext(RecordUrl)}practitioners/`;
  const found = useResource<Practitioners>(url);
  if (!found.data.value) {
    return found.error.value ? <Problem error={found.error.value} retry={found.load} /> : <Loading />;
  }
  return <Choose {...props} url={url} known={found.data.value} />;
}

function Choose(props: FieldProps & { url: string; known: Practitioners }) {
  const { name, value, onChange, url, known } = props;
  const { teams } = known;
  const chosen = known.people.find(({ id }) => id === value);
  const only = teams.length === 1 ? teams[0]?.team : undefined;
  const [opened, setOpened] = useState<string | undefined>(only);
  const team = chosen ? chosen.team : opened;
  const size = teams.find((one) => one.team === team)?.people ?? 0;
  const choose = (next: string) => {
    setOpened(next);
    // Somebody of another team is no longer in sight, so no longer chosen.
    if (value) onChange(null);
  };
  return (
    <Grouped {...props}>
      {only === undefined && <Teams name={name} teams={teams} team={team} onChoose={choose} />}
      {team !== undefined && (
        <People
          key={team}
          name={name}
          url={url}
          team={team}
          size={size}
          startsHere={only !== undefined}
          value={typeof value === "string" ? value : null}
          onChange={onChange}
        />
      )}
      <HowWeighed weighed={known.weighed} />
    </Grouped>
  );
}

interface TeamsProps {
  name: string;
  teams: TeamLoad[];
  team: string | undefined;
  onChoose: (team: string) => void;
}

function Teams({ name, teams, team, onChoose }: TeamsProps) {
  const place = teams.findIndex((one) => one.team === team);
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={fieldId(name)}>
        Which team?
      </label>
      <select
        class="govuk-select"
        id={fieldId(name)}
        autocomplete="off"
        value={place < 0 ? "" : nameOf(teams[place])}
        onChange={(event) => {
          const next = teams.find((one) => nameOf(one) === event.currentTarget.value);
          if (next) onChoose(next.team);
        }}
      >
        <option value="" disabled>
          Choose a team
        </option>
        {teams.map((one) => (
          <option key={one.team} value={nameOf(one)}>
            {nameOf(one)}
          </option>
        ))}
      </select>
      <ul class="govuk-list govuk-list--bullet app-quiet">
        {teams.map((one) => (
          <li key={one.team}>
            {nameOf(one)}: {handText(one)}
          </li>
        ))}
      </ul>
    </div>
  );
}

const nameOf = (one: TeamLoad | undefined) => one?.team || NO_TEAM;

interface PeopleProps {
  name: string;
  url: string;
  team: string;
  size: number;
  /** Whether the field begins with the first person: there is no team to choose. */
  startsHere: boolean;
  value: string | null;
  onChange: (value: string) => void;
}

/** The people of a team, a page at a time; a name is looked for among those on the screen and stands in no address. */
function People({ name, team, size, ...more }: PeopleProps) {
  const [pages, setPages] = useState(1);
  const [wanted, setWanted] = useState("");
  const finder = `${fieldId(name)}-find`;
  return (
    <>
      {size > MANY && (
        <div class="govuk-form-group">
          <label class="govuk-label" for={finder}>
            Find by name among those shown
          </label>
          <input
            class="govuk-input govuk-input--width-20"
            id={finder}
            type="search"
            autocomplete="off"
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
      )}
      <fieldset class="govuk-fieldset govuk-radios govuk-radios--small app-children">
        <legend class="govuk-visually-hidden">People of {team || NO_TEAM}</legend>
        {Array.from({ length: pages }, (_, index) => (
          <PageOfPeople
            key={`${index}`}
            {...more}
            name={name}
            team={team}
            page={index + 1}
            wanted={wanted.trim().toLowerCase()}
            onMore={index + 1 === pages ? () => setPages(pages + 1) : undefined}
          />
        ))}
      </fieldset>
    </>
  );
}

interface PageProps extends Omit<PeopleProps, "size"> {
  page: number;
  wanted: string;
  onMore: (() => void) | undefined;
}

function PageOfPeople({ name, url, team, startsHere, value, onChange, page, wanted, onMore }: PageProps) {
  const found = useResource<Practitioners>(`${url}?team=${encodeURIComponent(team)}&page=${page}`);
  const known = found.data.value;
  if (!known) return found.error.value ? <Problem error={found.error.value} retry={found.load} /> : <Loading />;
  // Whoever is chosen stays in sight, whatever is looked for.
  const shown = known.people.filter((person) => person.id === value || person.name.toLowerCase().includes(wanted));
  return (
    <>
      {shown.map((person, index) => (
        <Person
          key={person.id}
          id={startsHere && page === 1 && index === 0 ? fieldId(name) : `${fieldId(name)}-${person.id}`}
          name={name}
          person={person}
          checked={value === person.id}
          onChoose={() => onChange(person.id)}
        />
      ))}
      {known.next_page !== null && onMore && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={onMore}>
          Show more people
        </button>
      )}
    </>
  );
}

interface PersonProps {
  id: string;
  name: string;
  person: PersonLoad;
  checked: boolean;
  onChoose: () => void;
}

function Person({ id, name, person, checked, onChoose }: PersonProps) {
  if (person.cannot) {
    return (
      <div class="app-card">
        <p>
          <strong>{person.name}</strong>, {person.role.toLowerCase()}
        </p>
        <Load person={person} />
        <p>{person.cannot}</p>
      </div>
    );
  }
  return (
    <div class="app-card">
      <div class="govuk-radios__item">
        <input
          class="govuk-radios__input"
          id={id}
          name={name}
          type="radio"
          checked={checked}
          aria-describedby={`${id}-load`}
          onChange={onChoose}
        />
        <label class="govuk-label govuk-radios__label" for={id}>
          {person.name}, {person.role.toLowerCase()}
        </label>
      </div>
      <div id={`${id}-load`}>
        <p>
          <strong>Weight {person.weight}</strong>
        </p>
        <Load person={person} />
      </div>
    </div>
  );
}
