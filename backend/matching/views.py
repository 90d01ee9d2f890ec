"""What an officer says about a referral's child and another record: they are two children, or one."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.access import policy, queries
from backend.access.actors import Actor
from backend.access.authentication import actor_in
from backend.access.policy import Permission
from backend.audit import access_log
from backend.core.errors import Conflict, NotFound
from backend.matching import commands, inputs
from backend.matching.queries import choices_visible_to
from backend.matching.serializers.choosing import CaseChoiceShape, choice_data
from backend.matching.serializers.known import KnownChildrenShape, known_data
from backend.matching.serializers.representing import matching_data
from backend.matching.serializers.shapes import MatchingShape
from backend.referrals.models import Referral
from backend.referrals.queries.seeing import visible_to
from backend.workflow.fields import EdgeInput
from backend.workflow.views import INPUTS, KEY_PARAMETER, keyed_response, take_key, validated

# A second person's agreement reads the first person's answers through the form they were given with.
INPUTS.update({(commands.merge_machine.noun, name): form for name, form in inputs.MERGE_INPUTS.items()})


class Matching(APIView):
    """Who a referral's child may be, side by side, and what was said of that."""

    @extend_schema(
        operation_id="referral_matching",
        summary="Compare the referral’s child with the known children it may be",
        tags=["referral"],
        responses={200: MatchingShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return who may be the same, who was said not to be, and the latest proposal to join two records."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.matching", access_log.CONSULTATION).root_ids.add(pk)
        referral = _visible(actor, pk)
        policy.require(actor, Permission.REFERRAL_MATCH_CHILD, queries.relations_to(actor, referral.id))
        return Response(_data(request, actor, referral))


class KnownChildren(APIView):
    """Children the person who writes a referral knows and who may be the one; what is typed stays in the draft."""

    @extend_schema(
        operation_id="referral_known_children",
        summary="List the children of one’s own work who may be the one being written about",
        tags=["referral"],
        responses={200: KnownChildrenShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return at most five by the answers saved so far; of a child one may not see nothing is said."""
        actor = actor_in(request)
        access_log.begin(request._request, "referral.known_children", access_log.CONSULTATION).root_ids.add(pk)
        return Response(_known(request, actor, pk))

    @extend_schema(
        operation_id="referral_recognise_child",
        summary="Say whether it is a child one knows",
        tags=["referral"],
        parameters=[KEY_PARAMETER],
        request=inputs.RecogniseInput,
        responses={200: KnownChildrenShape},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Keep it for the officer who decides, and answer with the list as it is now."""
        actor = actor_in(request)
        access_log.begin(request._request, "child.recognise", access_log.ALTERATION).root_ids.add(pk)
        given = validated(inputs.RecogniseInput, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            commands.recognise(actor, pk, **given)
        return keyed_response(_known(request, actor, pk), taken)


class CaseChoiceDetail(APIView):
    """Which of two open cases goes on, as those who lead them and whoever asked see it."""

    @extend_schema(
        operation_id="case_choice_read",
        summary="Read which of two cases goes on",
        tags=["case choice"],
        responses={200: CaseChoiceShape},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the two cases, what each lead has said and what the actor may do now."""
        actor = actor_in(request)
        access_log.begin(request._request, "case_choice.read", access_log.CONSULTATION).root_ids.add(pk)
        choice = choices_visible_to(actor).filter(pk=pk).first()
        if choice is None:
            raise NotFound
        policy.require(actor, Permission.CASE_CHOICE_SEE, queries.relations_to(actor, choice.id))
        return Response(choice_data(actor, choice))


class MatchingAct(APIView):
    """One act about a pair of records, decided at a referral by the agency that holds it."""

    label: ClassVar[str]
    kind: ClassVar[str]
    input_class: ClassVar[type[EdgeInput]]
    act: ClassVar[Callable[[Actor, UUID, dict[str, Any]], object]]

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it once, whatever the network does, and answer with what was said so far."""
        actor = actor_in(request)
        access_log.begin(request._request, self.label, self.kind).root_ids.add(pk)
        given = validated(self.input_class, request.data)
        taken = take_key(request, actor, result_id=pk, status=200)
        if not taken.is_replay:
            type(self).act(actor, pk, given)
        return keyed_response(_data(request, actor, _visible(actor, pk)), taken)


def _act(name: str, summary: str, input_class: type[EdgeInput], act: Callable[..., object]) -> type[MatchingAct]:
    attributes = {
        "label": f"child.{name}",
        "kind": access_log.COMBINATION if name == "merge" else access_log.ALTERATION,
        "input_class": input_class,
        "act": staticmethod(lambda actor, pk, given: act(actor, pk, **given)),
        "__doc__": f"{summary}.",
    }
    made: type[MatchingAct] = type(name.title().replace("_", ""), (MatchingAct,), attributes)
    described: type[MatchingAct] = extend_schema(
        operation_id=f"child_{name}",
        summary=summary,
        tags=["referral"],
        parameters=[KEY_PARAMETER],
        request=input_class,
        responses={200: MatchingShape},
        methods=["POST"],
    )(made)
    return described


NotSame = _act("not_same", "Say that they are two children", inputs.NotSameInput, commands.say_not_same)
UndoNotSame = _act("undo_not_same", "Take back that they are two", inputs.UndoNotSameInput, commands.undo_not_same)
ProposeMerge = _act("merge", "Join two records of one child", inputs.ProposeMergeInput, commands.propose_merge)
Unmerge = _act("unmerge", "Take two records apart", inputs.UnmergeInput, commands.unmerge)
DropMerge = _act("drop_merge", "End a proposal to join", inputs.DropMergeInput, commands.drop_merge)
AskLeads = _act("ask_leads", "Ask those who lead which case goes on", inputs.AskLeadsInput, commands.ask_leads)
DropChoice = _act("drop_choice", "End the question which case goes on", inputs.DropChoiceInput, commands.drop_choice)
AskElsewhere = _act(
    "ask_elsewhere", "Ask the agencies that may know the child", inputs.AskElsewhereInput, commands.ask_elsewhere
)


def _visible(actor: Actor, pk: UUID) -> Referral:
    referral = visible_to(actor).filter(pk=pk).first()
    if referral is None:
        raise NotFound
    return referral


def _known(request: Request, actor: Actor, pk: UUID) -> dict[str, Any]:
    referral = _visible(actor, pk)
    policy.require(actor, Permission.REFERRAL_EDIT_DRAFT, queries.relations_to(actor, referral.id))
    if referral.state != Referral.DRAFT:
        raise Conflict("This is not a draft any more. Open the referral to go on.", code="wrong_state")
    data = known_data(actor, referral)
    access_log.touch(request._request, [referral.id], [child["id"] for child in data["results"]])
    return data


def _data(request: Request, actor: Actor, referral: Referral) -> dict[str, Any]:
    data = matching_data(actor, referral)
    others = [child["id"] for child in (*data["candidates"], *data["set_aside"])]
    access_log.touch(request._request, [referral.id], [referral.child_id, *others])
    return data
