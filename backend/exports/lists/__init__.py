"""The lists that may leave as a file, each with its columns."""

from collections.abc import Mapping

from backend.exports.lists.attention import ATTENTION
from backend.exports.lists.cases import CASES, CLOSED
from backend.exports.lists.figures import FLOW, OUTCOMES
from backend.exports.lists.listing import Listing
from backend.exports.lists.referrals import REFERRALS

LISTS: Mapping[str, Listing] = {one.code: one for one in (REFERRALS, CASES, CLOSED, ATTENTION, FLOW, OUTCOMES)}
