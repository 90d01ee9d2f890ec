/** Is this a child we know? Likely children side by side with what speaks for each; nothing preselected. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { LikelyChildren } from "../../api/types";
import { useResource } from "../../lib/resource";
import { KnownElsewhere, LikelyChildFacts } from "../comparison";
import { fieldId } from "../errors";
import { Loading } from "../page";
import { Problem } from "../problem";
import { type FieldProps, Grouped } from "./frame";

const NEW = "new";

/** The API address of the record a form acts on, which knows the children it may be about. */
export const RecordUrl = createContext("");

export function ChildMatchField(props: FieldProps) {
  const { name, value, onChange } = props;
  const likely = useResource<LikelyChildren>(`${useContext(RecordUrl)}likely-children/`);
  const found = likely.data.value;
  if (!found) return likely.error.value ? <Problem error={likely.error.value} retry={likely.load} /> : <Loading />;
  const rows = found.results;
  return (
    <Grouped {...props}>
      {found.is_known_elsewhere && <KnownElsewhere />}
      <p>
        {rows.length === 0
          ? "No child already known here looks like this one."
          : "Compare before you choose. Two children can share a name or a birthday."}
      </p>
      <div class="govuk-radios app-children">
        {rows.map((child, index) => (
          <div class="app-card" key={child.id}>
            <p class="app-card__head">
              <strong>{child.name}</strong>
            </p>
            <LikelyChildFacts child={child} />
            <ChildRadio
              id={index === 0 ? fieldId(name) : `${fieldId(name)}-${index}`}
              name={name}
              label="This child"
              about={child.name}
              checked={value === child.id}
              onChoose={() => onChange(child.id)}
            />
          </div>
        ))}
        <div class="app-card">
          <p class="app-card__head">
            <strong>None of these</strong>
          </p>
          <p>The child in this referral is not known here yet. A new record is made.</p>
          <ChildRadio
            id={rows.length === 0 ? fieldId(name) : `${fieldId(name)}-new`}
            name={name}
            label="A new child"
            about=""
            checked={value === NEW}
            onChoose={() => onChange(NEW)}
          />
        </div>
      </div>
    </Grouped>
  );
}

interface RadioProps {
  id: string;
  name: string;
  label: string;
  about: string;
  checked: boolean;
  onChoose: () => void;
}

function ChildRadio({ id, name, label, about, checked, onChoose }: RadioProps) {
  return (
    <div class="govuk-radios__item">
      <input class="govuk-radios__input" id={id} name={name} type="radio" checked={checked} onChange={onChoose} />
      <label class="govuk-label govuk-radios__label" for={id}>
        {label}
        {about && <span class="govuk-visually-hidden">: {about}</span>}
      </label>
    </div>
  );
}
