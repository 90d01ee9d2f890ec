"""A referral that is decided, as somebody does it in a browser."""

from backend.access.binding import acting
from backend.agencies.roles import Role
from backend.children.commands import same_child
from tests.actors import actor, browser_of
from tests.edges import good_input, take
from tests.factories import officer, submitted

NUMBER = "9990000018"


def post(actor_, referral, edge, /, **given):
    body = {**good_input("referral", edge, **given), "version": referral.version}
    return browser_of(actor_).post(f"referrals/{referral.id}/{edge.replace('_', '-')}/", body)


def in_triage(**answers):
    referral = submitted(actor("larch-hill-academy", Role.PRACTITIONER), **answers)
    return take("start_triage", referral.id, officer())


def known_as_one(*referrals):
    """Say that all of them are about the child of the first."""
    first, *others = referrals
    with acting(officer()):
        for other in others:
            same_child(officer(), other.child_id, first.child_id)
