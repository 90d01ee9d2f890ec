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
    needs_second_factor = serializers.BooleanField()
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


class SecondFactorShape(serializers.Serializer[Any]):
    """One way, besides the password, in which somebody shows who they are."""

    id = serializers.IntegerField()
    type = serializers.CharField()
    label = serializers.CharField()
    added_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class SignedInShape(serializers.Serializer[Any]):
    """One place where somebody is signed in."""

    id = serializers.CharField()
    device = serializers.CharField()
    agency = serializers.CharField()
    since = serializers.DateTimeField()
    used_at = serializers.DateTimeField()
    is_this = serializers.BooleanField()


class SecurityShape(serializers.Serializer[Any]):
    """How somebody signs in, and where they are signed in."""

    has_password = serializers.BooleanField()
    factors = SecondFactorShape(many=True)
    codes_left = serializers.IntegerField()
    sessions = SignedInShape(many=True)


class PictureShape(serializers.Serializer[Any]):
    """A QR code: how many squares wide, and where they are dark."""

    size = serializers.IntegerField()
    path = serializers.CharField()


class NewAppShape(serializers.Serializer[Any]):
    """What an authenticator app has to be given."""

    secret = serializers.CharField()
    picture = PictureShape()


class EndSessionInput(StrictSerializer):
    """Which of one's other sessions; none named, all of them."""

    id = serializers.CharField(max_length=32, required=False, allow_blank=True, default="")
