"""The rules that flag referrals, and the bench on which a version is tried before it is put in force."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core import clock
from backend.core.errors import Invalid
from backend.deadlines.calendar import local
from backend.referrals.queries import rule_bench
from backend.referrals.rules import flagging
from backend.referrals.serializers.rule_shapes import BenchShape, RulesShape, TryRulesInput
from backend.workflow.views import validated


class RulesView(APIView):
    """The versions of the rules."""

    @extend_schema(
        operation_id="rules_list", summary="Read the rules that flag referrals", tags=["rules"], responses=RulesShape
    )
    def get(self, request: Request) -> Response:
        """Return every version with its day, author and note."""
        policy.require(actor_in(request), Permission.RULES_TRY)
        now = flagging.in_force(local(clock.now()).date())
        versions = [
            {
                "version": one.version,
                "in_force_from": one.in_force_from,
                "by": one.by,
                "note": one.note,
                "is_in_force": one == now,
                "rules": flagging.told_of(one.version)["rules"],
            }
            for one in reversed(flagging.versions())
        ]
        return Response(
            {"versions": versions, "conditions": list(flagging.CONDITIONS), "examples": flagging.examples()}
        )


class TryRulesView(APIView):
    """The bench: nothing is written, nothing is put in force."""

    @extend_schema(
        operation_id="rules_try",
        summary="Try rules on examples and on the referrals of late",
        tags=["rules"],
        request=TryRulesInput,
        responses=BenchShape,
    )
    def post(self, request: Request) -> Response:
        """Return what the rules flag in made-up examples, and how many referrals of late they would have flagged."""
        actor = actor_in(request)
        access_log.begin(request._request, "rules.try", access_log.CONSULTATION)
        policy.require(actor, Permission.RULES_TRY)
        given = validated(TryRulesInput, request.data)
        now = flagging.in_force(local(clock.now()).date())
        try:
            tried = flagging.trial(given["rules"], on=now.in_force_from)
            examples = rule_bench.on_examples(tried, given.get("examples") or flagging.examples())
        except (ValueError, TypeError) as wrong:
            sentences = str(wrong).splitlines()
            raise Invalid("These rules cannot be tried yet.", fields={"rules": sentences}) from wrong
        recent = rule_bench.recent_features(given["days"])
        current, new = rule_bench.counted(now, recent), rule_bench.counted(tried, recent)
        return Response(
            {
                "examples": [
                    {
                        "name": one.name,
                        "expected": list(one.expected),
                        "found": list(one.found),
                        "as_expected": set(one.expected) == set(one.found),
                    }
                    for one in examples
                ],
                "counts": [
                    {
                        "code": rule.code,
                        "label": rule.label,
                        "count": rule_bench.safe(new[rule.code]),
                        "count_now": rule_bench.safe(current.get(rule.code, 0)),
                    }
                    for rule in tried.rules
                ],
                "referrals": rule_bench.safe(len(recent)),
                "fewest": rule_bench.FEWEST,
            }
        )
