"""The shapes of cases and transfers as the API's schema describes them."""

from typing import Any

from rest_framework import serializers

from backend.cases.serializers.asking import LeadRequestRowShape
from backend.cases.serializers.ending import EndingShape
from backend.children.serializers import ChildShape, SafetyShape
from backend.workflow.serializers import ConfirmationShape, OptionNameShape, OptionShape, PairShape


class ClockShape(serializers.Serializer[Any]):
    """One clock of a record: its promise, where it stands, and its colour."""

    kind = serializers.CharField()
    label = serializers.CharField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(["running", "met", "met_late", "paused", "stopped", "breached"])
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])
    met_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class CaseRowShape(serializers.Serializer[Any]):
    """One case in a list."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    lead_agency = serializers.CharField()
    lead_practitioner = serializers.CharField(allow_null=True)
    is_minded = serializers.BooleanField()
    priority = serializers.ChoiceField(["red", "amber", "green", "none"])
    priority_label = serializers.CharField(allow_blank=True)
    next_action = serializers.CharField()
    next_action_on = serializers.DateField(allow_null=True)
    next_due_at = serializers.DateTimeField(allow_null=True)
    rag = serializers.ChoiceField(["red", "amber", "green", "none"])
    options = OptionNameShape(many=True)


class TransferShape(serializers.Serializer[Any]):
    """A transfer; the handover only for those who are to read it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    case_id = serializers.UUIDField(allow_null=True)
    case_reference = serializers.CharField()
    from_agency = serializers.CharField()
    to_agency = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    why_label = serializers.CharField()
    # What binds an agency that was named; empty for any other.
    note = serializers.CharField(allow_blank=True)
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    answered_by = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    handover = PairShape(many=True)
    # What else the page of one transfer says to who is to answer it: how the case stands, and who the child is.
    about = PairShape(many=True)
    child = ChildShape(allow_null=True)
    safety = SafetyShape(many=True)
    options = OptionShape(many=True)


class PauseShape(serializers.Serializer[Any]):
    """Why the work rests, and when somebody looks again."""

    reason_label = serializers.CharField()
    look_again_on = serializers.DateField()


class MovingShape(serializers.Serializer[Any]):
    """Who in another area was asked to take the case over, and since when."""

    area = serializers.CharField()
    receiver = serializers.CharField()
    contact = serializers.CharField()
    asked_at = serializers.DateTimeField()


class CaseShape(serializers.Serializer[Any]):
    """A case: the child, who leads and works on it, what comes next and by when."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    child = ChildShape(allow_null=True)
    safety = SafetyShape(many=True)
    lead_agency = serializers.CharField()
    lead_practitioner = serializers.CharField(allow_null=True)
    practitioner_agency = serializers.CharField(allow_null=True)
    is_minded = serializers.BooleanField()
    primary_need_label = serializers.CharField(allow_blank=True)
    theme_label = serializers.CharField(allow_blank=True)
    priority_label = serializers.CharField(allow_blank=True)
    opened_at = serializers.DateTimeField()
    first_contact_at = serializers.DateTimeField(allow_null=True)
    pause = PauseShape(allow_null=True)
    moving = MovingShape(allow_null=True)
    ending = EndingShape(allow_null=True)
    next_action = serializers.CharField(allow_blank=True)
    next_action_on = serializers.DateField(allow_null=True)
    handover_note = serializers.CharField(allow_blank=True)
    agreement_label = serializers.CharField(allow_blank=True)
    clocks = ClockShape(many=True)
    confirmation = ConfirmationShape(allow_null=True)
    transfer = TransferShape(allow_null=True)
    # Other agencies that ask for the lead and wait for an answer.
    lead_requests = LeadRequestRowShape(many=True)
    sees_sharing = serializers.BooleanField()
    # Where a consent that was taken back is recorded; empty for those who may not.
    withdraw_sharing_url = serializers.CharField(allow_blank=True)
    options = OptionShape(many=True)
