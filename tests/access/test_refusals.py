"""What a refusal says of who can, word by word; and the small questions that policy and pages ask of somebody."""

import pytest

from backend.access import policy, used
from backend.access.permissions import Permission
from backend.access.relations import Relation, by_break_glass
from backend.agencies.roles import Role
from backend.core.errors import Forbidden
from tests.access.standing import somebody

_FROM_HERE = "You cannot do this from where you stand. "
_NOT_AS = "Your role, practitioner, cannot do this. "


# Of whom each permission is asked in vain, and what is said of who can.
_REFUSED = (
    (Permission.REFERRAL_SUBMIT, Role.MANAGER, f"{_FROM_HERE}Who can: the person who made it."),
    (
        Permission.CASE_RESUME,
        Role.PRACTITIONER,
        f"{_FROM_HERE}Who can: the worker on the case; manager in the agency that leads the case.",
    ),
    (
        Permission.REFERRAL_REDIRECT,
        Role.PRACTITIONER,
        f"{_NOT_AS}Who can: manager or triage officer in the agency that holds it.",
    ),
    (Permission.BREAK_GLASS_OPEN, Role.PRACTITIONER, f"{_NOT_AS}Who can: case worker or manager or triage officer."),
    (
        Permission.CASE_SEE,
        Role.PRACTITIONER,
        (
            f"{_FROM_HERE}Who can: the worker on the case; manager in the agency that leads the case; "
            "the worker on the case until lately or the worker's team; the person who opened it in an emergency."
        ),
    ),
    (Permission.INTERVENTION_GIVE, Role.PRACTITIONER, f"{_FROM_HERE}Who can: an agency that provides a service."),
)


def test_a_refusal_says_where_one_would_have_to_stand() -> None:
    for permission, role, sentence in _REFUSED:
        with pytest.raises(Forbidden) as refused:
            policy.require(somebody(role), permission, {Relation.NONE})
        assert refused.value.reasons == [sentence]


def test_of_what_was_granted_only_what_needs_a_fresh_sign_in_is_noted() -> None:
    manager = somebody(Role.MANAGER)
    assert Permission.SEAL_PUT in policy.NEEDS_FRESH_SIGN_IN
    with used.noting() as granted:
        policy.require(manager, Permission.SEAL_PUT, {Relation.LEAD})
        policy.require(manager, Permission.CASE_SEE, {Relation.LEAD})
        policy.require_to_look(manager, Permission.SEAL_NAME, {Relation.LEAD})
    assert granted == {Permission.SEAL_PUT}


def test_who_works_with_children_is_who_has_a_role_of_an_agency() -> None:
    works = {Role.PRACTITIONER, Role.TRIAGE_OFFICER, Role.CASE_WORKER, Role.MANAGER}
    assert {role for role in Role if somebody(role).works_with_children} == works
    assert {role for role in Role if somebody(role).is_system} == {Role.SYSTEM}


def test_what_is_read_by_break_glass_is_marked_as_such_whatever_else_opens_it() -> None:
    assert by_break_glass({Relation.FORMER, Relation.BREAK_GLASS})
    assert not by_break_glass({Relation.FORMER, Relation.WORKER})
