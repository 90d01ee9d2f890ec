"""Shares of the demo city that rest on the family's consent and end by themselves, as some real ones do."""

from typing import Any

from backend.demonstration import answers
from backend.demonstration.stage import Scene
from backend.demonstration.verbs_moving import on_day
from backend.sharing.rules import CONSENT, basis_fits

_ONE_IN = 3
_LAST_DAY = (60, 200)
_CONSENT = {"article6": CONSENT, "condition": "explicit_consent"}
_LISTS = {"article6": "share_basis_article6", "condition": "share_conditions"}


def edge_basis(scene: Scene, sender: str, recipient: str) -> dict[str, Any]:
    """Return the basis of a share: of one in three the family's consent, until a day some months ahead."""
    usual = answers.edge_basis(sender, recipient)
    if scene.random.randrange(_ONE_IN) or not _may_consent(sender, recipient):
        return usual
    return {**usual, **_CONSENT, "ends_on": on_day(scene, *_LAST_DAY)}


def _may_consent(sender: str, recipient: str) -> bool:
    return all(basis_fits(sender, recipient, _CONSENT[field], name=name) for field, name in _LISTS.items())
