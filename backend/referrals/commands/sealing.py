"""The machine of a seal, over a referral that is no case yet: the rules of a case’s, with whoever decides about it."""

from backend.access.policy import Permission
from backend.cases.commands.sealing import Sealed, seal_edges
from backend.notifications.audience import AgencyRoles
from backend.referrals.commands.telling import MANAGERS, OFFICERS
from backend.referrals.models import Referral
from backend.referrals.queries.sealing import governed, seal_facts
from backend.referrals.queries.seeing import visible_to
from backend.referrals.texts import referral_fields
from backend.workflow.machine import Machine, Tell

NOUN = "referral_seal"
# From the day on which a case helps the child, its seal is the case’s; and what is linked is sealed where it went to.
_WITHOUT_CASE = tuple(
    state
    for state in Referral.LABELS
    if state not in (Referral.DRAFT, Referral.WITHDRAWN, Referral.ACCEPTED, Referral.LINKED)
)


def path_of(referral: Referral) -> str:
    """Return the page that says who may see a referral."""
    return f"/referrals/{referral.id}/seal"


def _deciding(referral: Referral) -> AgencyRoles:
    return AgencyRoles(referral.holder_id, OFFICERS + MANAGERS, referral.child_id)


SEALED_REFERRAL = Sealed(
    noun="referral",
    permissions={
        "put": Permission.REFERRAL_SEAL_PUT,
        "name": Permission.REFERRAL_SEAL_NAME,
        "take_off": Permission.REFERRAL_SEAL_TAKE_OFF,
        "lift": Permission.REFERRAL_SEAL_LIFT,
    },
    # Not while it is offered: whoever has to answer would find it no more.
    put_in=tuple(state for state in _WITHOUT_CASE if state != Referral.REDIRECTED),
    states=_WITHOUT_CASE,
    always_named="You, the second person and whoever has it in triage are always named. One of you two is a manager. "
    "Name too whoever has to take it on from you.",
    names_you="referral_seal_names_you",
    lifted=Tell(
        "referral_seal_lifted", _deciding, lambda one: f"The triage officers and managers of {one.holder.name}"
    ),
    fields=referral_fields,
    path=path_of,
)

referral_seal_machine: Machine[Referral] = Machine(
    noun=NOUN,
    model=Referral,
    edges=seal_edges(SEALED_REFERRAL),
    visible_to=visible_to,
    facts=seal_facts,
    fields=referral_fields,
    path=path_of,
    owner_agency=lambda referral: referral.holder_id,
    labels=Referral.LABELS,
    unread=governed,
)
