"""The lists that may leave as a file, each with its columns."""

from collections.abc import Mapping

from backend.exports.lists.attention import ATTENTION
from backend.exports.lists.cases import CASES, CLOSED
from backend.exports.lists.figures import FLOW, OUTCOMES
from backend.exports.lists.inspection import INSPECTION
from backend.exports.lists.listing import Exportable
from backend.exports.lists.referrals import REFERRALS
from backend.exports.lists.shares import SHARES

_ALL: tuple[Exportable, ...] = (REFERRALS, CASES, CLOSED, ATTENTION, FLOW, OUTCOMES, INSPECTION, SHARES)
# What is asked for as it is, beside the lists that have a page of their own to be asked for on.
WHOLE: tuple[Exportable, ...] = (REFERRALS, CASES, CLOSED, INSPECTION, SHARES)
LISTS: Mapping[str, Exportable] = {one.code: one for one in _ALL}
