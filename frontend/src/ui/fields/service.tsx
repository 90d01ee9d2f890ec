/** A service of the directory: those that may help this child, each with why; none is chosen beforehand. */
import { useContext, useState } from "preact/hooks";
import type { ServiceMatch, ServiceMatches } from "../../api/types";
import { useResource } from "../../lib/resource";
import { fieldId } from "../errors";
import { Evidence } from "../evidence";
import { Loading } from "../page";
import { Problem } from "../problem";
import { Room } from "../room";
import { RecordUrl } from "./child";
import { type FieldProps, Grouped } from "./frame";

const FIRST = 5;

export function ServiceField(props: FieldProps) {
  const { name, value, onChange, field } = props;
  const [all, setAll] = useState(false);
  const found = useResource<ServiceMatches>(`${useContext(RecordUrl)}services/`);
  if (!found.data.value) {
    return found.error.value ? <Problem error={found.error.value} retry={found.load} /> : <Loading />;
  }
  const { results, looked_for: lookedFor } = found.data.value;
  const shown = all ? results : results.filter((one, index) => index < FIRST || one.id === value);
  return (
    <Grouped {...props}>
      <p class="app-quiet">
        {lookedFor.length > 0 ? `Looked for: ${lookedFor.join(" · ")}.` : "Nothing is known yet to look for."}
      </p>
      <div class="govuk-radios govuk-radios--small app-children">
        <Radio
          id={fieldId(name)}
          name={name}
          label="No particular service"
          checked={!value}
          onChoose={() => onChange(null)}
        />
        <Chosen {...props} results={results} />
        {shown.map((one, index) => (
          <div class="app-card" key={one.id}>
            <Radio
              id={`${fieldId(name)}-${index}`}
              name={name}
              label={`${one.name}, ${one.organisation}`}
              checked={value === one.id}
              onChoose={() => onChange(one.id)}
            />
            <Match service={one} />
          </div>
        ))}
      </div>
      {!all && results.length > shown.length && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={() => setAll(true)}>
          Show all {results.length}
          <span class="govuk-visually-hidden">: {field.label}</span>
        </button>
      )}
    </Grouped>
  );
}

/** What was chosen stays in sight when it is no longer among those that fit. */
function Chosen({ field, name, value, onChange, results }: FieldProps & { results: ServiceMatch[] }) {
  if (!value || results.some((one) => one.id === value)) return null;
  const choice = field.choices?.find((one) => one.value === value);
  return (
    <Radio
      id={`${fieldId(name)}-chosen`}
      name={name}
      label={choice ? `${choice.label}, ${choice.hint}` : "The service that was chosen"}
      checked
      onChoose={() => onChange(value)}
    />
  );
}

function Match({ service }: { service: ServiceMatch }) {
  return (
    <>
      <p class="app-tags">
        <Room service={service} />
      </p>
      <p>{service.summary}</p>
      <Evidence service={service} />
      <ul class="govuk-list govuk-list--bullet">
        {service.why.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </>
  );
}

interface RadioProps {
  id: string;
  name: string;
  label: string;
  checked: boolean;
  onChoose: () => void;
}

function Radio({ id, name, label, checked, onChoose }: RadioProps) {
  return (
    <div class="govuk-radios__item">
      <input class="govuk-radios__input" id={id} name={name} type="radio" checked={checked} onChange={onChoose} />
      <label class="govuk-label govuk-radios__label" for={id}>
        {label}
      </label>
    </div>
  );
}
