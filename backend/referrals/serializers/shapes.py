"""The shapes of referrals and questions as the API's schema describes them."""

from typing import Any

from rest_framework import serializers

from backend.cases.serializers.shapes import ClockShape
from backend.children.serializers import ChildShape, FamilyContactShape, LastingShape, SafetyShape
from backend.core.api.serializers import AnyValue
from backend.directory.serializers import PickedServiceShape
from backend.disagreements.serializers.shapes import ChallengeShape
from backend.referrals.serializers.again import FollowedShape
from backend.referrals.serializers.amending import AmendmentShape
from backend.referrals.serializers.concerned_shapes import (
    ConcernedShape,
    ContactShape,
    FlagShape,
    HolderShape,
    HopShape,
    TellingShape,
    ToldShape,
)
from backend.referrals.serializers.feedback import TellingCallerShape
from backend.workflow.serializers import ConfirmationShape, OptionNameShape, OptionShape, PairShape

AUDIENCES = ("draft", "status", "text")


class MomentShape(serializers.Serializer[Any]):
    """A critical moment that led to a referral: what happened and when."""

    label = serializers.CharField()
    at = serializers.DateTimeField()


class ReferralRowShape(serializers.Serializer[Any]):
    """One referral in a list; who the child is only for those who may read the text."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    referrer_agency = serializers.CharField()
    holder = HolderShape()
    level_of_need = serializers.CharField(allow_null=True)
    level_label = serializers.CharField(allow_null=True)
    is_urgent = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    officer = serializers.CharField(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())
    moment = MomentShape(allow_null=True)
    due_group = serializers.ChoiceField(["overdue", "today", "later"])
    next_step = serializers.CharField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])
    # The clock that falls due first, which the colour is of: not always that of the next step.
    clock = serializers.CharField(allow_blank=True)
    clock_due_at = serializers.DateTimeField(allow_null=True)
    options = OptionNameShape(many=True)


class StepShape(serializers.Serializer[Any]):
    """One step on the way."""

    name = serializers.CharField()
    label = serializers.CharField()
    state = serializers.ChoiceField(["done", "current", "upcoming"])
    at = serializers.DateTimeField(allow_null=True)


class TrackerShape(serializers.Serializer[Any]):
    """Who holds it, what happens next and by when, in plain words."""

    sentence = serializers.CharField()
    holder = ContactShape()
    next_step = serializers.CharField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    steps = StepShape(many=True)


class ReferrerShape(serializers.Serializer[Any]):
    """Who made it."""

    person = serializers.CharField()
    agency = serializers.CharField()
    agency_id = serializers.UUIDField()


class ReadAnswerShape(serializers.Serializer[Any]):
    """One answer as it reads: a text or a list of texts."""

    name = serializers.CharField()
    label = serializers.CharField()
    value = AnyValue()
    mark = serializers.CharField(allow_blank=True)
    amended = serializers.BooleanField()


class ReadSectionShape(serializers.Serializer[Any]):
    """One section of what was sent."""

    name = serializers.CharField()
    title = serializers.CharField()
    answers = ReadAnswerShape(many=True)


class ReferralTextShape(serializers.Serializer[Any]):
    """What was sent, in the order and words of the form."""

    sections = ReadSectionShape(many=True)


class StatementShape(serializers.Serializer[Any]):
    """Something said, and what it rests on."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    text = serializers.CharField()
    basis_label = serializers.CharField(allow_blank=True)
    told_by = serializers.CharField(allow_blank=True)
    currency_label = serializers.CharField(allow_blank=True)
    amended = serializers.BooleanField()
    # Who may read it, where that is not everybody who reads the referral.
    mark = serializers.CharField(allow_blank=True)


class FactorShape(serializers.Serializer[Any]):
    """A coded factor."""

    code = serializers.CharField()
    label = serializers.CharField()
    domain = serializers.CharField(allow_blank=True)
    polarity = serializers.CharField(allow_blank=True)
    basis_label = serializers.CharField(allow_blank=True)
    currency_label = serializers.CharField(allow_blank=True)


class QuestionShape(serializers.Serializer[Any]):
    """A question to an agency. The referral's id and what it is about only for those who see it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    reference = serializers.CharField()
    agency = serializers.CharField()
    asked_by = serializers.CharField()
    asking_agency = serializers.CharField()
    question = serializers.CharField()
    purpose = serializers.CharField()
    basis_label = serializers.CharField(allow_blank=True)
    is_urgent = serializers.BooleanField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    is_late = serializers.BooleanField()
    chased_on = serializers.ListField(child=serializers.DateField())
    answer = serializers.CharField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answered_by = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True)
    child = ChildShape(allow_null=True)
    referral_id = serializers.UUIDField(allow_null=True)
    options = OptionShape(many=True)


class OfferShape(serializers.Serializer[Any]):
    """An offer in hand."""

    id = serializers.UUIDField()
    agency = serializers.CharField()
    rationale = serializers.CharField(allow_null=True)
    offered_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)


class DecisionShape(serializers.Serializer[Any]):
    """What was decided; the rationale only for those who may read the text."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label = serializers.CharField()
    rationale = serializers.CharField(allow_null=True)
    outcome_text = serializers.CharField(allow_blank=True)
    reason_label = serializers.CharField(allow_blank=True)
    level_label = serializers.CharField(allow_blank=True)
    # Which version of the threshold text was shown beside the levels.
    level_text = serializers.IntegerField(allow_null=True)
    primary_need_label = serializers.CharField(allow_blank=True)
    service = PickedServiceShape(allow_null=True)
    by = serializers.CharField()
    confirmed_by = serializers.CharField(allow_blank=True)
    agency = serializers.CharField()
    at = serializers.DateTimeField()
    corrects = serializers.UUIDField(allow_null=True)


class LedToShape(serializers.Serializer[Any]):
    """The case a referral led to, or was joined to."""

    id = serializers.UUIDField(allow_null=True)
    reference = serializers.CharField()
    state_label = serializers.CharField()
    lead_agency = serializers.CharField()


class SiblingShape(serializers.Serializer[Any]):
    """A referral about a brother or sister that was made together with this one and that the reader sees."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()


class LinkedHereShape(serializers.Serializer[Any]):
    """A referral about the same child that was linked to this one, with what was said in it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    person = serializers.CharField()
    agency = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    statements = StatementShape(many=True)


class ReferralShape(serializers.Serializer[Any]):
    """A referral as its audience may see it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    audience = serializers.ChoiceField(AUDIENCES)
    by_break_glass = serializers.BooleanField()
    is_urgent = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    tracker = TrackerShape()
    referrer = ReferrerShape()
    child = ChildShape(allow_null=True)
    referral_text = ReferralTextShape(allow_null=True)
    moment = MomentShape(allow_null=True)
    statements = StatementShape(many=True)
    factors = FactorShape(many=True)
    amendments = AmendmentShape(many=True)
    contacts = FamilyContactShape(many=True)
    safety = SafetyShape(many=True)
    # Further addresses and numbers of the child; of those that are protected none.
    addresses = LastingShape(many=True)
    identifiers = LastingShape(many=True)
    helped_before = FollowedShape(allow_null=True)
    siblings = SiblingShape(many=True)
    linked_here = LinkedHereShape(many=True)
    information_requests = QuestionShape(many=True)
    offer = OfferShape(allow_null=True)
    decision = DecisionShape(allow_null=True)
    decisions = DecisionShape(many=True)
    case = LedToShape(allow_null=True)
    linked_to = serializers.CharField(allow_null=True)
    told = ToldShape(many=True)
    flags = FlagShape(many=True)
    hops = HopShape(many=True)
    telling = TellingShape(many=True)
    agencies_concerned = ConcernedShape(many=True)
    disagreements = ChallengeShape(many=True)
    clocks = ClockShape(many=True)
    confirmation = ConfirmationShape(allow_null=True)
    can_match_child = serializers.BooleanField()
    sees_sharing = serializers.BooleanField()
    # Whether there are protected addresses that the actor may ask for.
    sees_protected = serializers.BooleanField()
    withdraw_sharing_url = serializers.CharField(allow_blank=True)
    telling_caller = TellingCallerShape(allow_null=True)
    options = OptionShape(many=True)


class TimelineShape(serializers.Serializer[Any]):
    """One thing that happened."""

    id = serializers.UUIDField()
    verb = serializers.CharField()
    label = serializers.CharField()
    at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()
    by = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    detail = PairShape(many=True)
