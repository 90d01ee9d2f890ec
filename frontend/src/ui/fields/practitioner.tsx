/** Who takes a case: the team first, then the person, each with what they have in hand; nobody is chosen beforehand. */
import { useContext, useState } from "preact/hooks";
import type { Caseloads, PersonLoad } from "../../api/types";
import { useResource } from "../../lib/resource";
import { fieldId } from "../errors";
import { byTeam, HowWeighed, Load, NO_TEAM, teamText } from "../load";
import { Loading } from "../page";
import { Problem } from "../problem";
import { RecordUrl } from "./child";
import { type FieldProps, Grouped } from "./frame";

export function PractitionerField(props: FieldProps) {
  const found = useResource<Caseloads>(`${useContext(RecordUrl)}practitioners/`);
  if (!found.data.value) {
    return found.error.value ? <Problem error={found.error.value} retry={found.load} /> : <Loading />;
  }
  return <Choose {...props} known={found.data.value} />;
}

function Choose(props: FieldProps & { known: Caseloads }) {
  const { name, value, onChange, known } = props;
  const teams = byTeam(known.people);
  const chosen = known.people.find(({ id }) => id === value);
  const only = teams.length === 1 ? teams[0]?.[0] : undefined;
  const [opened, setOpened] = useState<string | undefined>(only);
  const team = chosen ? chosen.team || NO_TEAM : opened;
  const people = teams.find(([one]) => one === team)?.[1] ?? [];
  const choose = (next: string) => {
    setOpened(next);
    // Somebody of another team is no longer in sight, so no longer chosen.
    if (chosen) onChange(null);
  };
  return (
    <Grouped {...props}>
      {!only && <Teams name={name} teams={teams} team={team} onChoose={choose} />}
      {team && (
        <fieldset class="govuk-fieldset govuk-radios govuk-radios--small app-children">
          <legend class="govuk-visually-hidden">People of {team}</legend>
          {people.map((person, index) => (
            <Person
              key={person.id}
              id={only && index === 0 ? fieldId(name) : `${fieldId(name)}-${person.id}`}
              name={name}
              person={person}
              checked={value === person.id}
              onChoose={() => onChange(person.id)}
            />
          ))}
        </fieldset>
      )}
      <HowWeighed weighed={known.weighed} />
    </Grouped>
  );
}

interface TeamsProps {
  name: string;
  teams: [string, PersonLoad[]][];
  team: string | undefined;
  onChoose: (team: string) => void;
}

function Teams({ name, teams, team, onChoose }: TeamsProps) {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={fieldId(name)}>
        Which team?
      </label>
      <select
        class="govuk-select"
        id={fieldId(name)}
        autocomplete="off"
        value={team ?? ""}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="" disabled>
          Choose a team
        </option>
        {teams.map(([one]) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <ul class="govuk-list govuk-list--bullet app-quiet">
        {teams.map(([one, people]) => (
          <li key={one}>
            {one}: {teamText(people)}
          </li>
        ))}
      </ul>
    </div>
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
