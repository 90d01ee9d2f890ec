"""How panels and the items of their agenda look."""

from typing import Any

from rest_framework import serializers

from backend.workflow.serializers import OptionNameShape, OptionShape


class PanelHeadShape(serializers.Serializer[Any]):
    """What a list says of a meeting: nothing about any child."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind_label = serializers.CharField()
    chair_agency = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    next_step = serializers.CharField()


class PanelRowShape(PanelHeadShape):
    """One row of a list."""

    options = OptionNameShape(many=True)


class PanelItemRowShape(serializers.Serializer[Any]):
    """One item of an agenda, as far as the reader may know of it."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    panel_id = serializers.UUIDField()
    panel = serializers.CharField()
    starts_at = serializers.DateTimeField()
    lead_agency = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()


class AttendanceShape(serializers.Serializer[Any]):
    """Who came, or did not."""

    id = serializers.UUIDField()
    agency = serializers.CharField()
    person = serializers.CharField()
    came_label = serializers.CharField()


class ProposalShape(serializers.Serializer[Any]):
    """A case that the meeting could hear, for whoever prepares it and may put it there; and what of it is open."""

    case_id = serializers.UUIDField()
    reference = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class PanelShape(PanelHeadShape):
    """A meeting, what of its agenda the reader sees, who came, and what can be done."""

    planned_by = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    agenda = PanelItemRowShape(many=True)
    proposals = ProposalShape(many=True)
    attendance = AttendanceShape(many=True)
    options = OptionShape(many=True)


class NewPanelShape(serializers.Serializer[Any]):
    """Where a panel is planned: the form, for whoever may."""

    id = serializers.CharField()
    options = OptionShape(many=True)


class CasePanelsShape(serializers.Serializer[Any]):
    """Where a case is or was on an agenda, and the form that puts it on one."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    items = PanelItemRowShape(many=True)
    options = OptionShape(many=True)


class InvitationShape(serializers.Serializer[Any]):
    """What one agency is told of an item."""

    id = serializers.UUIDField()
    agency = serializers.CharField()
    purpose_label = serializers.CharField()
    told = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class PanelInformationShape(serializers.Serializer[Any]):
    """What one agency gave beforehand; the words are gone from its last instant on, and that it was given stays."""

    id = serializers.UUIDField()
    agency = serializers.CharField()
    label = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class PanelDecisionShape(serializers.Serializer[Any]):
    """What was decided, whose it is to do, and by when."""

    id = serializers.UUIDField()
    kind_label = serializers.CharField()
    text = serializers.CharField()
    owner_agency = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    # The action of the plan that carries it out, for those who read the case.
    action_url = serializers.CharField(allow_blank=True)
    action_state_label = serializers.CharField(allow_blank=True)


class PanelItemShape(PanelItemRowShape):
    """An item with what the reader may know of it; `case_id` for those who read the case."""

    version = serializers.IntegerField()
    case_id = serializers.UUIDField(allow_null=True)
    chair_agency = serializers.CharField()
    child_name = serializers.CharField()
    child_born_on = serializers.DateField(allow_null=True)
    question = serializers.CharField()
    put_on_by = serializers.CharField()
    # While the meeting is still to come.
    give_by = serializers.DateField(allow_null=True)
    open_until = serializers.DateTimeField()
    taken_off_why = serializers.CharField(allow_blank=True)
    invitations = InvitationShape(many=True)
    information = PanelInformationShape(many=True)
    decisions = PanelDecisionShape(many=True)
    # The documents of the case, once the minutes are among them.
    minutes_url = serializers.CharField(allow_blank=True)
    options = OptionShape(many=True)
