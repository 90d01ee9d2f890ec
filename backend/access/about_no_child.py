"""The lines of the permission table about what opens no record of a child: people, agencies, services, figures."""

from collections.abc import Mapping

from backend.access.grants import Grant, anyone, grant, manager, triage
from backend.access.permissions import Permission
from backend.access.relations import Relation
from backend.agencies.roles import Role

# Who looks after the people of an agency.
_ADMINISTERS = grant((Role.MANAGER, Role.SYSTEM_ADMINISTRATOR))
# Who decides what a partnership works by, and who else may write a draft of it (access.md).
_CONFIGURES = grant((Role.SYSTEM_ADMINISTRATOR,)) + manager(Relation.KEEPER)
_PROPOSES = _CONFIGURES + grant((Role.PARTNERSHIP_ANALYST,))
_KEEPS = manager(Relation.KEEPER)
_SIGNED_IN = grant(role for role in Role if role is not Role.SYSTEM)

ABOUT_NO_CHILD: Mapping[Permission, tuple[Grant, ...]] = {
    # Which agency, administration/queries/agencies.py says.
    Permission.AGENCY_SEE: _ADMINISTERS,
    Permission.AGENCY_SEE_WORK: manager(),
    Permission.AGENCY_HAND_OVER: _ADMINISTERS,
    Permission.AGENCY_END: _ADMINISTERS,
    Permission.AGENCY_END_AT_ONCE: _ADMINISTERS,
    Permission.AGENCY_CONFIRM_END: _ADMINISTERS,
    Permission.PEOPLE_SEE: _ADMINISTERS,
    Permission.PEOPLE_ADD: _ADMINISTERS,
    Permission.PEOPLE_CHANGE: _ADMINISTERS,
    Permission.PEOPLE_END: _ADMINISTERS,
    # Of somebody who has lost their second factor.
    Permission.PEOPLE_RESET_SIGN_IN: _ADMINISTERS,
    Permission.EXCEPTIONS_SEE: manager(),
    # How complete the records of one's own agency are.
    Permission.QUALITY_SEE: manager(),
    # access.md, "figures": of one's own agency, in full, for those who may open the records that are counted.
    Permission.FIGURES_SEE_OWN: triage(),
    # How cases ended: a triage officer opens none of them.
    Permission.FIGURES_SEE_OUTCOMES: manager(),
    # Of the whole partnership, through insights/disclosure.py; the database asks the role itself (insights/sql).
    Permission.FIGURES_SEE_PUBLISHED: grant((Role.PARTNERSHIP_ANALYST,)),
    # One's own, and for a manager those of the agency (administration/models.py).
    Permission.CONFLICT_DECLARE: anyone(),
    Permission.CONFLICT_SEE: anyone(),
    Permission.CONFLICT_WITHDRAW: anyone(),
    Permission.CONFLICT_CONFIRM: manager(),
    Permission.CONFLICT_REFUSE: manager(),
    Permission.CONFLICT_END: manager(),
    Permission.SETTINGS_CHOOSE: _SIGNED_IN,
    # Which list, its own permission says (administration/keeping.py).
    Permission.SAVED_LIST_KEEP: anyone(),
    # An analyst proposes; administrators, and managers of the agency that keeps it, make it count.
    Permission.CONFIGURATION_SEE: _ADMINISTERS + grant((Role.PARTNERSHIP_ANALYST,)),
    Permission.CONFIGURATION_COPY: _PROPOSES,
    Permission.CONFIGURATION_DISCARD: _PROPOSES,
    Permission.CONFIGURATION_PUT_ENTRY: _PROPOSES,
    Permission.CONFIGURATION_REMOVE_ENTRY: _PROPOSES,
    Permission.CONFIGURATION_TRY_OUT: _CONFIGURES,
    # Always with a second person.
    Permission.CONFIGURATION_PUBLISH: _CONFIGURES,
    Permission.SERVICE_SEE: _SIGNED_IN,
    Permission.SERVICE_ADD: manager(),
    Permission.SERVICE_REVISE: _KEEPS,
    Permission.SERVICE_SAY_CAPACITY: _KEEPS,
    Permission.SERVICE_CONFIRM_CAPACITY: _KEEPS,
    Permission.SERVICE_PAUSE: _KEEPS,
    Permission.SERVICE_RESUME: _KEEPS,
    Permission.SERVICE_END: _KEEPS,
    Permission.SERVICE_IMPORT: grant((Role.MANAGER, Role.SYSTEM_ADMINISTRATOR)),
}
