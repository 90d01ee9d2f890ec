"""Shapes of the session: who is signed in, in which role, and where they can go."""

from typing import Any

from rest_framework import serializers

from backend.core.api.serializers import StrictSerializer


class NamedShape(serializers.Serializer[Any]):
    """An id with a name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class MembershipShape(serializers.Serializer[Any]):
    """The role a person acts in now."""

    id = serializers.UUIDField()
    role_label = serializers.CharField()
    job_title = serializers.CharField(allow_blank=True)
    agency = NamedShape()
    team = NamedShape(allow_null=True)


class OtherMembershipShape(serializers.Serializer[Any]):
    """A role the person could switch to."""

    id = serializers.UUIDField()
    role_label = serializers.CharField()
    agency_name = serializers.CharField()


class FrontDoorShape(serializers.Serializer[Any]):
    """Whom to call."""

    name = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    hours_text = serializers.CharField(allow_blank=True)
    out_of_hours_name = serializers.CharField(allow_blank=True)
    out_of_hours_phone = serializers.CharField(allow_blank=True)


class PartnershipShape(serializers.Serializer[Any]):
    """The partnership and its front door."""

    name = serializers.CharField()
    front_door = FrontDoorShape(allow_null=True)


class PlaceShape(serializers.Serializer[Any]):
    """One entry of the menu, or of its “More”."""

    name = serializers.CharField()
    label = serializers.CharField()
    is_main = serializers.BooleanField()


class SessionShape(serializers.Serializer[Any]):
    """Who is asking, as far as they may know it themselves."""

    signed_in = serializers.BooleanField()
    demo = serializers.BooleanField()
    person = NamedShape(allow_null=True)
    membership = MembershipShape(allow_null=True)
    memberships = OtherMembershipShape(many=True)
    partnership = PartnershipShape(allow_null=True)
    navigation = PlaceShape(many=True)
    can_refer = serializers.BooleanField()
    idle_minutes = serializers.IntegerField()


class SwitchInput(StrictSerializer):
    """The membership to act in."""

    membership_id = serializers.UUIDField()


class DemoPersonShape(serializers.Serializer[Any]):
    """A made-up person to sign in as with one click."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    role_label = serializers.CharField()
    job_title = serializers.CharField(allow_blank=True)
    agency_name = serializers.CharField()
    what_they_do = serializers.CharField()


class DemoPeopleShape(serializers.Serializer[Any]):
    """The demo people."""

    results = DemoPersonShape(many=True)
