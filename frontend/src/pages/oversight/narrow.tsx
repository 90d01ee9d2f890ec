/** One choice by which a list is narrowed: what is chosen stands in the address. */
interface Props {
  name: string;
  label: string;
  all: string;
  choices: { value: string; label: string }[];
  query: Record<string, string>;
  narrow: (name: string, value: string) => void;
}

export function Choice({ name, label, all, choices, query, narrow }: Props) {
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={`narrow-${name}`}>
        {label}
      </label>
      <select
        class="govuk-select"
        id={`narrow-${name}`}
        value={query[name] ?? ""}
        onChange={(event) => narrow(name, event.currentTarget.value)}
      >
        <option value="">{all}</option>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
