/** Why a form was not taken: what others changed meanwhile, or what is wrong with the answers. */

import type { Option } from "../../api/types";
import type { Action } from "../../lib/action";
import { ErrorSummary } from "../../ui/errors";
import { later } from "../../ui/fields/later";
import { Changed } from "./changed";

const Met = later(() => import("./met").then((found) => found.Met));

interface Props {
  action: Action;
  possible: boolean;
  /** The form that was sent, where it changes what stands; `record` is where its inner answers are read. */
  option?: Pick<Option, "input" | "obstacles"> | null;
  record?: string;
}

export function Problems({ action, possible, option, record = "" }: Props) {
  const { failure, attempt, met } = action;
  if (!failure) return null;
  const both = met.clashes.length + met.taken.length > 0 && option && (
    <Met action={action} input={option.input} record={record} changes={failure.changed ?? []} />
  );
  if (failure.changed) {
    return (
      <Changed
        changes={failure.changed}
        reasons={failure.reasons}
        possible={possible}
        obstacles={possible ? option?.obstacles : []}
      >
        {both}
      </Changed>
    );
  }
  return (
    <>
      <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />
      {both}
    </>
  );
}
