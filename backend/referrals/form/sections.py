"""The whole form in order, and where each field stands in it."""

from collections.abc import Mapping
from types import MappingProxyType

from backend.referrals.form.agreeing import AGREEMENT
from backend.referrals.form.child import CHILD, PLACE
from backend.referrals.form.family import FAMILY
from backend.referrals.form.happening import FACTORS, HAPPENING, NEED
from backend.referrals.form.learning import ELSEWHERE, LEARNING
from backend.referrals.form.network import NETWORK, RESTRICTED
from backend.referrals.form.outside import BACKGROUND, OUTSIDE
from backend.referrals.form.parts import Field, Page, Section
from backend.referrals.form.reaching import REACHING
from backend.referrals.form.referrer import REFERRER
from backend.referrals.form.safety import SAFETY
from backend.referrals.form.sharing import INFORMED, SENDING
from backend.referrals.form.visiting import VISITING
from backend.referrals.form.voices import VOICES

# The name of this form among drafts.
FORM = "referral"
SECTIONS: tuple[Section, ...] = (
    SAFETY,
    CHILD,
    PLACE,
    HAPPENING,
    FACTORS,
    NEED,
    VOICES,
    INFORMED,
    AGREEMENT,
    SENDING,
    FAMILY,
    REACHING,
    ELSEWHERE,
    LEARNING,
    NETWORK,
    OUTSIDE,
    BACKGROUND,
    VISITING,
    RESTRICTED,
    REFERRER,
)

FIELDS: Mapping[str, Field] = MappingProxyType({field.name: field for section in SECTIONS for field in section.fields})
PLACES: Mapping[str, tuple[Section, Page]] = MappingProxyType(
    {field.name: (section, page) for section in SECTIONS for page in section.pages for field in page.fields}
)
