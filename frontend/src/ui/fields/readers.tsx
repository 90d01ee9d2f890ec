/** Whom a note names: only those who may read it, by its label and whether the team reads it, are in the list. */
import { useContext } from "preact/hooks";
import type { Choice, NoteReaders } from "../../api/types";
import { useResource } from "../../lib/resource";
import { Loading } from "../page";
import { Problem } from "../problem";
import { RecordUrl } from "./child";
import { ChoicesField } from "./choice";
import type { FieldProps } from "./frame";

export function ReadersField(props: FieldProps) {
  const { values = {}, field, value } = props;
  const asked = new URLSearchParams();
  if (values.mark) asked.set("mark", String(values.mark));
  if (values.is_shared === true) asked.set("is_shared", "true");
  const query = asked.size > 0 ? `?${asked}` : "";
  const found = useResource<NoteReaders>(`${useContext(RecordUrl)}note-readers/${query}`);
  if (!found.data.value) {
    return found.error.value ? <Problem error={found.error.value} retry={found.load} /> : <Loading />;
  }
  const choices: Choice[] = found.data.value.results.map(({ id, name, role, agency }) => ({
    value: id,
    label: name,
    hint: `${role}, ${agency}`,
  }));
  if (choices.length === 0) return <p class="app-quiet">{field.label} Nobody else may read it.</p>;
  // Whoever may not read it any more, because of its label, is no longer named.
  const named = Array.isArray(value) ? value.filter((one) => choices.some((choice) => choice.value === one)) : value;
  return <ChoicesField {...props} value={named} field={{ ...field, choices }} />;
}
