"""The referrals of one's agency: what waits for a decision, and all that it has held."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from backend.access.actors import Actor
from backend.access.permissions import Permission
from backend.core import vocabulary
from backend.core.api.serializers import StrictSerializer
from backend.exports.lists.listing import WHO, Asked, Listing, Row, children_of, who
from backend.referrals.models import Referral
from backend.referrals.queries import lists

_LABELS: Mapping[str, str] = {"queue": "to decide", "held": "all that your agency holds or held"}


class ReferralsAsked(StrictSerializer):
    """The filters of the page, without its order: a spreadsheet has its own."""

    view = serializers.ChoiceField(choices=list(_LABELS), default="queue")
    states = serializers.MultipleChoiceField(choices=list(Referral.LABELS), default=set)
    is_urgent = serializers.BooleanField(default=None, allow_null=True)
    due = serializers.ChoiceField(choices=lists.GROUPS, default="")
    assigned = serializers.ChoiceField(choices=lists.ASSIGNED, default="")
    rag = serializers.ChoiceField(choices=lists.RAGS, default="")


def _find(actor: Actor, asked: Asked) -> QuerySet[Referral]:
    filters = {name: value for name, value in asked.items() if name != "view"}
    return lists.narrowed(actor, lists.VIEWS[asked["view"]](actor), **filters)


def _cells(_asked: Asked, found: Sequence[Referral]) -> Sequence[Row]:
    children, levels, themes = children_of(found), vocabulary.get("levels_of_need"), vocabulary.get("board_themes")
    return [
        (
            one.reference,
            Referral.LABELS[one.state],
            *who(children.get(one.about_id)),
            one.is_urgent,
            levels.label(one.level_believed),
            levels.label(one.level_decided),
            themes.label(one.theme),
            one.submitted_at,
            one.referrer_agency.name,
            one.holder.name,
            one.triage_officer.name if one.triage_officer else "",
            one.next_due_at,
            one.ended_at,
        )
        for one in found
    ]


def _title(asked: Any) -> str:
    return _LABELS[asked["view"]]


REFERRALS = Listing(
    code="referrals",
    label="Referrals",
    permission=Permission.REFERRAL_START_TRIAGE,
    columns=(
        "Reference",
        "State",
        *WHO,
        "Urgent",
        "Level of need, as referred",
        "Level of need, as decided",
        "Theme",
        "Sent",
        "Sent by",
        "Held by",
        "Triage officer",
        "Due next",
        "Ended",
    ),
    asked=ReferralsAsked,
    find=_find,
    cells=_cells,
    title=_title,
)
