/** Every answer of a form that was sent: read section by section, changed in place, old ones kept by the server. */
import { useContext, useState } from "preact/hooks";
import type { DraftPage, DraftSection, SentForm, Values } from "../../api/types";
import { answerLines, askedFields } from "../../lib/answers";
import { useResource } from "../../lib/resource";
import { fieldId } from "../errors";
import { Loading } from "../page";
import { Problem } from "../problem";
import { SummaryList } from "../summary";
import { RecordUrl } from "./child";
import { FormFields } from "./field";
import { errorsAt, type FieldProps, Grouped } from "./frame";

export function AnswersField(props: FieldProps) {
  const { name, errors, value, onChange } = props;
  const form = useResource<SentForm>(`${useContext(RecordUrl)}answers/`);
  const [open, setOpen] = useState<string[]>([]);
  const changed = (value ?? {}) as Values;
  if (!form.data.value) {
    return form.error.value ? <Problem error={form.error.value} retry={form.load} /> : <Loading />;
  }
  const { sections, answers } = form.data.value;
  const values = { ...answers, ...changed };
  const wrong = (page: DraftPage) => page.fields.some((field) => isWrong(errors, `${name}.${field.name}`));
  return (
    <Grouped {...props}>
      <div id={fieldId(name)} tabIndex={-1}>
        {sections.map((section) => (
          <details
            class="govuk-details"
            key={section.name}
            open={section.pages.some((page) => open.includes(key(section, page)) || wrong(page))}
          >
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">{section.title}</span>
            </summary>
            <div class="govuk-details__text">
              {section.pages.map((page) => (
                <PageAnswers
                  key={page.name}
                  page={page}
                  values={values}
                  prefix={name}
                  errors={errors}
                  isOpen={open.includes(key(section, page)) || wrong(page)}
                  onOpen={() => setOpen([...open, key(section, page)])}
                  onChange={(field, next) => onChange({ ...changed, [field]: next })}
                />
              ))}
            </div>
          </details>
        ))}
      </div>
    </Grouped>
  );
}

const key = (section: Pick<DraftSection, "name">, page: DraftPage) => `${section.name}/${page.name}`;

const isWrong = (errors: FieldProps["errors"], name: string) =>
  Object.keys(errors).some((field) => field === name || (field.startsWith(`${name}.`) && errorsAt(errors, field)));

interface PageProps {
  page: DraftPage;
  values: Values;
  prefix: string;
  errors: FieldProps["errors"];
  isOpen: boolean;
  onOpen: () => void;
  onChange: (field: string, next: Values[string]) => void;
}

/** One page of the form: its answers, or its questions once somebody changes one. */
function PageAnswers({ page, values, prefix, errors, isOpen, onOpen, onChange }: PageProps) {
  const fields = askedFields(page.fields, values);
  if (fields.length === 0) return null;
  if (isOpen) {
    return (
      <div class="app-item">
        <FormFields fields={page.fields} values={values} errors={errors} prefix={prefix} onChange={onChange} />
      </div>
    );
  }
  const rows = fields.map((field) => {
    const lines = answerLines(field, values[field.name]);
    return {
      label: field.label,
      value: lines.length > 0 ? lines : ["No answer"],
      change: { onPress: onOpen, label: field.label },
    };
  });
  return <SummaryList rows={rows} />;
}
