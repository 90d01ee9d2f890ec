"""What cases are configured by, as the app below them keeps it in versions: where a second person has to agree."""

from functools import partial

from backend.cases.rules.planning import AGREEING_A_PLAN, SECOND_PERSON
from backend.cases.serializers.configuring import SecondPersonInput
from backend.configuration.kinds import Kind, register_kind
from backend.configuration.shipped import shipped
from backend.workflow.descriptors import describe
from backend.workflow.views import validated


def register() -> None:
    """Register the kind."""
    register_kind(
        Kind(
            code=SECOND_PERSON,
            label="Four eyes",
            intro="Where a second person has to agree before something counts. Closing a case at risk, deciding "
            "against what was believed and records that are joined always need one.",
            noun="step",
            form=partial(describe, SecondPersonInput),
            read=partial(validated, SecondPersonInput),
            title=lambda entry: _STEPS[entry["code"]],
            shipped=partial(shipped, SECOND_PERSON, SecondPersonInput),
            codes=tuple(_STEPS),
        )
    )


_STEPS = {AGREEING_A_PLAN: "A family’s plan is agreed"}
