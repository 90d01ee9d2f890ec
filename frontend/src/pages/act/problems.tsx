/** Why a form was not taken: what others changed meanwhile, or what is wrong with the answers. */
import type { Action } from "../../lib/action";
import { ErrorSummary } from "../../ui/errors";
import { Changed } from "./changed";

export function Problems({ action, possible }: { action: Action; possible: boolean }) {
  const { failure, attempt } = action;
  if (!failure) return null;
  if (failure.changed) return <Changed changes={failure.changed} reasons={failure.reasons} possible={possible} />;
  return <ErrorSummary reasons={failure.reasons} fields={failure.fields} attempt={attempt} />;
}
