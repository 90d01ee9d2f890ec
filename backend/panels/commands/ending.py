"""What ends when sharing ends: an invitation that rested on it, or the item, where the share with its chair did."""

from django.db.models import Q

from backend.access.actors import Actor
from backend.cases.models import Case
from backend.panels import queries
from backend.panels.commands.item_edges import panel_item_machine
from backend.panels.models import PanelItem
from backend.sharing.models import Disclosure

_YES_TAKEN_BACK = "The family took its yes back."
_LAST_DAY = "The last day of this share is over."


def invitations_end(actor: Actor, case: Case, share: Disclosure | None) -> None:
    """Let nobody at a table read on by this share; with None, by any of the case's."""
    ahead = queries.ahead_of(actor, case.id)
    if share is not None:
        if share.opens_id is None:
            return
        ahead = ahead.filter(Q(pk=share.opens_id) | Q(id__in=queries.item_of(share.opens_id)))
    given = {"reason": _LAST_DAY if actor.is_system else _YES_TAKEN_BACK}
    for item in list(ahead.order_by("id")):
        if item.state == PanelItem.ON_AGENDA and (share is None or share.opens_id == item.id):
            panel_item_machine.perform(actor, "take_off", item.id, version=None, given=given)
        else:
            _end_invitations(actor, item, share, given)


def _end_invitations(actor: Actor, item: PanelItem, share: Disclosure | None, given: dict[str, str]) -> None:
    for invitation in list(queries.invitations_that_stand(item)):
        if share is not None and share.opens_id != invitation.id:
            continue
        asked = {**given, "invitation": invitation.id}
        panel_item_machine.perform(actor, "end_invitation", item.id, version=None, given=asked)
