/** All open goals of a plan on one page: a new score or why there is none, and for each whether it ends here. */
import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { FieldErrors } from "../../api/client";
import type { Field, GoalNow, GoalsNow, Option, Value, Values } from "../../api/types";
import { type Action, useAction } from "../../lib/action";
import { givenAnswers } from "../../lib/answers";
import { dateText } from "../../lib/format";
import { backFrom, notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { FormFields } from "../../ui/fields/field";
import { NOTHING_YET, Page } from "../../ui/page";
import { Present } from "../../ui/present";
import { Problems } from "../act/problems";
import { scoreText } from "./goals";

export default function GoalsRoute({ params }: { params: { id: string } }) {
  return <GoalsPage key={params.id} id={params.id} />;
}

function GoalsPage({ id }: { id: string }) {
  const { query, route } = useLocation();
  const resource = useResource<GoalsNow>(`cases/${id}/goals/`);
  const action = useAction(resource.load);
  const page = resource.data.value;
  const option = page?.score_goals ?? null;
  const back = backFrom(query, `/cases/${id}/plan`);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!page || !option) return;
    const rows = page.goals.map((goal) => ({
      ...givenAnswers(option.input, typedOf(action, goal.id)),
      goal: goal.id,
    }));
    const said = rows.filter((row) => Object.keys(row).length > 1).length;
    // What is typed stands under each goal and goes with its row; the form itself asks nothing besides.
    if (!(await action.submit({ ...option, input: [] }, page.version, { rows: rows as Value[] }))) return;
    forgetAll();
    notice.value = {
      title: `“${option.label}” is done`,
      lines: [said === 1 ? "1 goal was scored or ended." : `${said} goals were scored or ended.`],
    };
    route(back);
  };

  return (
    <Page
      title={option?.label ?? "Score or end the goals"}
      caption={page ? `Case ${page.reference}` : NOTHING_YET}
      back={{ href: back, label: "Back" }}
      hasErrors={action.failure !== null}
      narrow
      error={resource.error.value}
      retry={resource.load}
      ready={page !== null}
    >
      <Present root={id} isWriting />
      {page && (
        <form onSubmit={submit} noValidate autocomplete="off">
          <Problems action={named(action, page.goals)} possible={option !== null} />
          {option ? <p class="govuk-body-l">{option.hint}</p> : <p>There is no goal here that you can score now.</p>}
          <Goals page={page} option={option} action={action} />
          {option && (
            <div class="govuk-button-group">
              <button type="submit" class="govuk-button" disabled={action.busy}>
                {action.busy ? "Sending…" : "Save all goals"}
              </button>
              <a href={back}>Cancel</a>
            </div>
          )}
        </form>
      )}
    </Page>
  );
}

const typedOf = (action: Action, goal: string): Values => (action.values[goal] ?? {}) as Values;

/** In the summary each sentence says of which goal it is, where there are several. */
function named(action: Action, goals: GoalNow[]): Action {
  const { failure } = action;
  if (!failure || goals.length < 2) return action;
  const fields = Object.entries(failure.fields).map(([name, sentences]) => {
    const words = goals[Number(name.split(".")[1])]?.words;
    return [name, words ? sentences.map((sentence) => `“${words}”: ${sentence}`) : sentences] as const;
  });
  return { ...action, failure: { ...failure, fields: Object.fromEntries(fields) } };
}

interface GoalsProps {
  page: GoalsNow;
  option: Option | null;
  action: Action;
}

/** The goals as they are now; under those that somebody else has ended meanwhile stands what was typed of them. */
function Goals({ page, option, action }: GoalsProps) {
  const seen = useRef(new Map<string, GoalNow>());
  const form = useRef<Field[]>([]);
  for (const goal of page.goals) seen.current.set(goal.id, goal);
  if (option) form.current = option.input;
  const gone = [...seen.current.values()].filter(
    ({ id }) => !page.goals.some((goal) => goal.id === id) && Object.keys(typedOf(action, id)).length > 0,
  );
  const show = (goal: GoalNow, prefix: string, errors: FieldErrors, isGone = false) => (
    <OneGoal
      key={goal.id}
      goal={goal}
      fields={form.current}
      prefix={prefix}
      errors={errors}
      typed={typedOf(action, goal.id)}
      isGone={isGone}
      onChange={(name, value) => action.set(goal.id, { ...typedOf(action, goal.id), [name]: value })}
    />
  );
  return (
    <>
      {option && page.goals.map((goal, place) => show(goal, `rows.${place}`, action.failure?.fields ?? {}))}
      {gone.map((goal) => show(goal, goal.id, {}, true))}
    </>
  );
}

interface OneProps {
  goal: GoalNow;
  fields: Field[];
  prefix: string;
  errors: FieldErrors;
  typed: Values;
  isGone: boolean;
  onChange: (name: string, value: Value) => void;
}

function OneGoal({ goal, fields, prefix, errors, typed, isGone, onChange }: OneProps) {
  return (
    <section class="app-card app-goal" aria-label={goal.words}>
      <h2 class="govuk-heading-m">“{goal.words}”</h2>
      <p class="app-quiet">
        {goal.whose_label} goal. {scoreText(goal)}
        {goal.last_on && `, last on ${dateText(goal.last_on)}`}
      </p>
      {isGone && <p class="govuk-inset-text">This goal has ended. What you typed is not sent: copy what you need.</p>}
      <FormFields fields={fields} values={typed} errors={errors} prefix={prefix} onChange={onChange} />
    </section>
  );
}
