/** The filter of the queue: applied as soon as a box is ticked, each one shown and removable. */
import { useMemo } from "preact/hooks";
import type { ReferralRow } from "../../api/types";

interface Box {
  name: string;
  value: string;
  label: string;
}

interface Props {
  filters: URLSearchParams;
  rows: ReferralRow[];
  onApply: (filters: URLSearchParams) => void;
}

const ANY = "";
const any = (name: string, label = "Any"): Box => ({ name, value: ANY, label });
const DUE: Box[] = [
  any("due"),
  { name: "due", value: "overdue", label: "Overdue" },
  { name: "due", value: "today", label: "Today" },
  { name: "due", value: "later", label: "Later" },
];
const WHOSE: Box[] = [
  any("assigned"),
  { name: "assigned", value: "mine", label: "With me" },
  { name: "assigned", value: "nobodys", label: "With nobody yet" },
];
const ORDER: Box[] = [any("sort", "What is due first"), { name: "sort", value: "newest", label: "Newest first" }];
/** Of these the API takes one value at a time. */
const ONE = ["due", "assigned", "sort"];
const URGENT: Box[] = [{ name: "urgent", value: "true", label: "Urgent only" }];

/** States seen so far on this page: they stay on offer while a filter narrows the list. */
function useStates(rows: ReferralRow[], filters: URLSearchParams): Box[] {
  const seen = useMemo(() => new Map<string, string>(), []);
  for (const row of rows) seen.set(row.state, row.state_label);
  for (const state of filters.getAll("state")) if (!seen.has(state)) seen.set(state, state.replaceAll("_", " "));
  return [...seen].map(([value, label]) => ({ name: "state", value, label }));
}

/** Several states may be chosen together. */
function toggled(filters: URLSearchParams, { name, value }: Box): URLSearchParams {
  const next = new URLSearchParams(filters);
  if (value === ANY || next.has(name, value)) next.delete(name, value || undefined);
  else if (ONE.includes(name)) next.set(name, value);
  else next.append(name, value);
  return next;
}

export function QueueFilter({ filters, rows, onApply }: Props) {
  const states = useStates(rows, filters);
  const groups = [
    { title: "Due", boxes: DUE },
    { title: "Whose", boxes: WHOSE },
    { title: "Urgency", boxes: URGENT },
    { title: "Where it is", boxes: states },
    { title: "Order", boxes: ORDER },
  ];
  const chosen = groups.flatMap((group) => group.boxes).filter(({ name, value }) => filters.has(name, value));
  const toggle = (box: Box) => onApply(toggled(filters, box));
  return (
    <details class="app-filter" open={matchMedia("(min-width: 48em)").matches || chosen.length > 0}>
      <summary class="app-filter__summary">
        <h2 class="govuk-heading-s">Filter</h2>
      </summary>
      {chosen.length > 0 && <Chosen boxes={chosen} onRemove={toggle} />}
      {groups.map(({ title, boxes }) => (
        <Group key={title} title={title} boxes={boxes} filters={filters} onToggle={toggle} />
      ))}
    </details>
  );
}

function Chosen({ boxes, onRemove }: { boxes: Box[]; onRemove: (box: Box) => void }) {
  return (
    <div class="moj-filter__selected">
      <ul class="moj-filter-tags">
        {boxes.map((box) => (
          <li key={box.name + box.value}>
            <button type="button" class="app-filter__tag" onClick={() => onRemove(box)}>
              <span class="govuk-visually-hidden">Remove the filter </span>
              {box.label} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <a href="/queue">Clear all</a>
    </div>
  );
}

interface GroupProps {
  title: string;
  boxes: Box[];
  filters: URLSearchParams;
  onToggle: (box: Box) => void;
}

function Group({ title, boxes, filters, onToggle }: GroupProps) {
  if (boxes.length === 0) return null;
  const one = boxes.some(({ value }) => value === ANY);
  const style = one ? "radios" : "checkboxes";
  return (
    <fieldset class="govuk-fieldset app-filter__group">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{title}</legend>
      <div class={`govuk-${style} govuk-${style}--small`}>
        {boxes.map((box) => {
          const id = `filter-${box.name}-${box.value}`;
          const checked = box.value === ANY ? !filters.has(box.name) : filters.has(box.name, box.value);
          const common = { class: `govuk-${style}__input`, id, checked, onChange: () => onToggle(box) };
          return (
            <div class={`govuk-${style}__item`} key={id}>
              {one ? <input {...common} type="radio" name={box.name} /> : <input {...common} type="checkbox" />}
              <label class={`govuk-label govuk-${style}__label`} for={id}>
                {box.label}
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
