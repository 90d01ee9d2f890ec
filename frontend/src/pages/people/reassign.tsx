/** Giving what somebody has in hand to others: one choice for all or one for each, checked before anything moves. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import type { Caseload, Values } from "../../api/types";
import { useAction } from "../../lib/action";
import { notice } from "../../lib/navigation";
import { forgetAll, useResource } from "../../lib/resource";
import { ErrorSummary } from "../../ui/errors";
import { Page } from "../../ui/page";
import { amountOf, chosenFor, everything, type Given, isPiece } from "./giving";
import { asOption } from "./place";
import { Check } from "./reassign_check";
import { askedOf, Choose } from "./reassign_choose";

const LABEL = "Give their work to others";

export default function ReassignRoute({ params }: { params: { id: string } }) {
  return <ReassignPage key={params.id} id={params.id} />;
}

/** What has not been said yet; why and what to know are asked of cases only. */
function missingIn(moved: Given[], values: Values): string[] {
  const withCases = moved.some((one) => !isPiece(one));
  return [
    moved.length === 0 && "Choose who gets at least one of them.",
    withCases && !values.reason_code && "Say why the lead practitioner changes.",
    withCases && !values.handover_note && "Say what they must know on the first day.",
  ].filter((problem) => problem !== false);
}

const bodyOf = (moved: Given[], values: Values) => ({
  choices: moved
    .filter((one) => !isPiece(one))
    .map((one) => ({ case_id: one.id, version: one.version, lead_practitioner_id: chosenFor(one, values) })),
  pieces: moved
    .filter(isPiece)
    .map((one) => ({ kind: one.kind, id: one.id, version: one.version, to_id: chosenFor(one, values) })),
});

function ReassignPage({ id }: { id: string }) {
  const { route } = useLocation();
  const resource = useResource<Caseload>(`people/${id}/caseload/`);
  const load = resource.data.value;
  const action = useAction(resource.load);
  const [checking, setChecking] = useState(false);
  const [missing, setMissing] = useState<string[]>([]);
  const all = load ? everything(load) : [];
  const moved = all.filter((one) => chosenFor(one, action.values));

  const check = (event: SubmitEvent) => {
    event.preventDefault();
    const problems = missingIn(moved, action.values);
    setMissing(problems);
    setChecking(problems.length === 0);
  };
  const send = async () => {
    if (!load) return;
    const option = asOption(LABEL, `/api/v1/people/${id}/caseload/`, askedOf(load));
    const result = await action.submit(option, undefined, bodyOf(moved, action.values) as unknown as Values);
    // Only a refusal leads back to the choices: another page here would take the notice that the next one says.
    if (!result) return setChecking(false);
    forgetAll();
    notice.value = { title: `${amountOf(moved)} moved`, lines: ["Whoever has them now has been told."] };
    route(`/people/${id}`);
  };

  const problems = missing.length > 0 ? missing : (action.failure?.reasons ?? []);
  return (
    <Page
      // Another page for whoever reads it: it begins at its heading, also after forty answers.
      key={checking ? "check" : "choose"}
      title={checking ? "Check who gets what" : LABEL}
      caption={load?.person}
      back={{ href: `/people/${id}`, label: "Back" }}
      hasErrors={problems.length > 0}
      error={resource.error.value}
      retry={resource.load}
      ready={load !== null}
    >
      {problems.length > 0 && <ErrorSummary reasons={problems} attempt={action.attempt + missing.length} />}
      {load && all.length === 0 && <p>There is nothing to give to anybody.</p>}
      {load && all.length > 0 && !checking && <Choose load={load} action={action} onCheck={check} />}
      {load && checking && (
        <Check
          label={LABEL}
          load={load}
          moved={moved}
          values={action.values}
          busy={action.busy}
          onSend={send}
          onBack={() => setChecking(false)}
        />
      )}
    </Page>
  );
}
