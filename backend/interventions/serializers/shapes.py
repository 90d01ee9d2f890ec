"""How interventions and sessions look to whoever works on the case and to whoever provides them."""

from typing import Any

from rest_framework import serializers

from backend.cases.serializers.shapes import ClockShape
from backend.children.serializers import FamilyContactShape, SafetyShape
from backend.directory.serializers import MatchesShape
from backend.workflow.serializers import OptionNameShape, OptionShape


class WaitingPlaceShape(serializers.Serializer[Any]):
    """Where somebody stands on a waiting list."""

    place = serializers.IntegerField()
    waiting = serializers.IntegerField()
    since = serializers.DateTimeField(allow_null=True)
    expected_on = serializers.DateField(allow_null=True)
    wait_text = serializers.CharField(allow_blank=True)


class DosageShape(serializers.Serializer[Any]):
    """How much of what was planned has been taken up."""

    planned = serializers.IntegerField()
    attended = serializers.IntegerField()
    partly = serializers.IntegerField()
    missed = serializers.IntegerField()
    not_held = serializers.IntegerField()
    minutes = serializers.IntegerField()
    words = serializers.CharField()
    next_at = serializers.DateTimeField(allow_null=True)


class ServedChildShape(serializers.Serializer[Any]):
    """Who the child is, as far as somebody who works with them must know."""

    name = serializers.CharField()
    known_as = serializers.CharField(allow_blank=True)
    date_of_birth = serializers.DateField(allow_null=True)
    age = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_blank=True)
    school = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)


class ServiceTurnShape(serializers.Serializer[Any]):
    """Who has the request now, what comes next, and by when where a clock runs."""

    who = serializers.CharField()
    next = serializers.CharField()
    by = serializers.DateTimeField(allow_null=True)


class InterventionRowShape(serializers.Serializer[Any]):
    """One intervention in a list; its case only for those who may open it."""

    id = serializers.UUIDField()
    case_id = serializers.UUIDField(allow_null=True)
    case_reference = serializers.CharField()
    service_id = serializers.UUIDField()
    service_name = serializers.CharField()
    organisation = serializers.CharField()
    worker = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.CharField()
    goal = serializers.CharField()
    child_name = serializers.CharField(allow_null=True)
    child_age = serializers.CharField(allow_null=True)
    place = WaitingPlaceShape(allow_null=True)
    dosage = DosageShape()
    started_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    # Nobody's once it has ended.
    turn = ServiceTurnShape(allow_null=True)
    options = OptionNameShape(many=True)


class TiedGoalShape(serializers.Serializer[Any]):
    """A goal of the plan that a service works towards: its words, and nothing else of the plan."""

    id = serializers.UUIDField()
    words = serializers.CharField()
    is_open = serializers.BooleanField()


class InterventionShape(InterventionRowShape):
    """One intervention with all that whoever provides it needs, and what each step said."""

    version = serializers.IntegerField()
    plan_goals = TiedGoalShape(many=True)
    child = ServedChildShape(allow_null=True)
    safety = SafetyShape(many=True)
    contacts = FamilyContactShape(many=True)
    lead_practitioner = serializers.CharField(allow_blank=True)
    lead_agency = serializers.CharField(allow_blank=True)
    recommended_by = serializers.CharField()
    recommended_at = serializers.DateTimeField()
    what_they_need = serializers.CharField(allow_blank=True)
    # What the family knew when the provider was asked; why not, for those who open the case.
    family_knows = serializers.ListField(child=serializers.CharField())
    not_told_why_label = serializers.CharField(allow_blank=True)
    offered_at = serializers.DateTimeField(allow_null=True)
    answered_by = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    family_answer = serializers.CharField(allow_blank=True)
    agreed_on = serializers.DateField(allow_null=True)
    reason_label = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    goes_on_with = serializers.CharField(allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    # Whether its provider was stopped from reading it before it ended.
    is_stopped = serializers.BooleanField()
    gives = serializers.BooleanField()
    clocks = ClockShape(many=True)
    options = OptionShape(many=True)


class InterventionSessionShape(serializers.Serializer[Any]):
    """One session of one child."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    intervention_id = serializers.UUIDField()
    subject_reference = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    in_group = serializers.BooleanField()
    planned_at = serializers.DateTimeField(allow_null=True)
    happened_at = serializers.DateTimeField(allow_null=True)
    outcome_label = serializers.CharField(allow_blank=True)
    # Why it was not held or not attended.
    not_held_words = serializers.CharField(allow_blank=True)
    mode_label = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField(allow_null=True)
    people = serializers.ListField(child=serializers.CharField())
    # The words of the goals it worked on.
    goals = serializers.ListField(child=serializers.CharField())
    worked_on = serializers.CharField(allow_blank=True)
    child_feedback = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    concern_label = serializers.CharField(allow_blank=True)
    concern_text = serializers.CharField(allow_blank=True)
    concern_passed_on = serializers.BooleanField()
    moved_words = serializers.CharField(allow_blank=True)
    is_correction = serializers.BooleanField()
    by = serializers.CharField()
    agency = serializers.CharField()
    written_at = serializers.DateTimeField()
    options = OptionShape(many=True)


class PlannedSessionShape(serializers.Serializer[Any]):
    """A planned session in the list of who gives it, with the child and the service."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    intervention_id = serializers.UUIDField()
    group_id = serializers.UUIDField(allow_null=True)
    child_name = serializers.CharField(allow_null=True)
    service_name = serializers.CharField()
    state = serializers.CharField()
    planned_at = serializers.DateTimeField(allow_null=True)
    mode_label = serializers.CharField(allow_blank=True)
    worked_on = serializers.CharField(allow_blank=True)
    outcome_label = serializers.CharField(allow_blank=True)
    not_held_words = serializers.CharField(allow_blank=True)


class GroupRowShape(PlannedSessionShape):
    """One child's row of a group session, with the goals that it can be said to have worked on."""

    goals = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))


class GroupSessionShape(serializers.Serializer[Any]):
    """A group session as the agency that gives it sees it, with the form that each child's row takes."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    planned_at = serializers.DateTimeField(allow_null=True)
    mode_label = serializers.CharField(allow_blank=True)
    worked_on = serializers.CharField(allow_blank=True)
    rows = GroupRowShape(many=True)
    outcomes = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))
    # Which of them ask why.
    not_held = serializers.ListField(child=serializers.CharField())
    not_held_reasons = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))
    modes = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))
    concerns = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))
    # For how many children something was just done, and for whom it was not.
    done = serializers.ListField(child=serializers.CharField())
    options = OptionShape(many=True)


class CaseServicesShape(MatchesShape):
    """Services that may help the child of a case, and the form to recommend one, for those who may."""

    recommend = OptionShape(allow_null=True)
