/** Is this a child we know? Likely children side by side with what speaks for each; nothing preselected. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { LikelyChild } from "../../api/types";
import { dateText } from "../../lib/format";
import { useRows } from "../../lib/resource";
import { fieldId } from "../errors";
import { Loading } from "../page";
import { Problem } from "../problem";
import { type FieldProps, Grouped } from "./frame";

const NEW = "new";

/** The API address of the record a form acts on, which knows the children it may be about. */
export const RecordUrl = createContext("");

export function ChildMatchField(props: FieldProps) {
  const { name, value, onChange } = props;
  const likely = useRows<LikelyChild>(`${useContext(RecordUrl)}likely-children/`);
  if (!likely.rows) return likely.error ? <Problem error={likely.error} retry={likely.reload} /> : <Loading />;
  return (
    <Grouped {...props}>
      <p>
        {likely.rows.length === 0
          ? "No child already known here looks like this one."
          : "Compare before you choose. Two children can share a name or a birthday."}
      </p>
      <div class="govuk-radios app-children">
        {likely.rows.map((child, index) => (
          <div class="app-card" key={child.id}>
            <p class="app-card__head">
              <strong>{child.name}</strong>
            </p>
            <ChildFacts child={child} />
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
            id={likely.rows.length === 0 ? fieldId(name) : `${fieldId(name)}-new`}
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

function ChildFacts({ child }: { child: LikelyChild }) {
  const born = child.date_of_birth ? `Born ${dateText(child.date_of_birth)}` : "Date of birth not known";
  const contacts = child.contacts_12_months;
  return (
    <>
      <p>
        {born}
        {child.age && `, ${child.age}`}
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {child.why.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>
        {contacts === 1 ? "1 contact" : `${contacts || "No"} contacts`} in the last 12 months.
        {child.open_case && ` Open case ${child.open_case.reference} with ${child.open_case.lead_agency}.`}
      </p>
    </>
  );
}
