"""Shares of the demo city that rest on the family's consent and end by themselves, as some real ones do."""

from datetime import timedelta
from typing import Any

from backend.access.actors import Actor
from backend.cases.commands.renewing import renew_sharing, sharer_at
from backend.cases.models import Case
from backend.core import clock
from backend.deadlines.calendar import local
from backend.demonstration import answers
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import case_id, on_day
from backend.sharing.queries import renewable
from backend.sharing.rules import CONSENT, basis_fits

_ONE_IN = 3
_LAST_DAY = (60, 200)
# What ends within so many days of a review is renewed for so many more.
_SOON, _LONGER = 90, 180
CONSENTED = {"article6": CONSENT, "condition": "explicit_consent"}
_LISTS = {"article6": "share_basis_article6", "condition": "share_conditions"}


def edge_basis(scene: Scene, sender: str, recipient: str) -> dict[str, Any]:
    """Return the basis of a share: of one in three the family's consent, until a day some months ahead."""
    usual = answers.edge_basis(sender, recipient)
    if scene.random.randrange(_ONE_IN) or not may_consent(sender, recipient):
        return usual
    return {**usual, **CONSENTED, "ends_on": on_day(scene, *_LAST_DAY)}


def renew(scene: Scene, actor: Actor) -> None:
    """At a review, ask again about what ends soon: it goes on, as a line of its own."""
    case = Case.objects.select_related("lead_agency").get(pk=case_id(scene))
    soon = local(clock.now()).date() + timedelta(days=_SOON)
    for share in renewable(case.id, sharer_at(actor, case)).filter(expires_on__lt=soon)[:1]:
        basis = {**CONSENTED, "power": share.power, "ends_on": soon + timedelta(days=_LONGER)}
        renew_sharing(actor, case.id, version=case.version, disclosure=share.id, **basis)


def may_consent(sender: str, recipient: str) -> bool:
    """Say whether two kinds of agency can share on the family's consent."""
    return all(basis_fits(sender, recipient, CONSENTED[field], name=name) for field, name in _LISTS.items())
