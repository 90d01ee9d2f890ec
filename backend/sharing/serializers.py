"""The three questions that come before each share, the same on every form that shares something."""

from backend.core import vocabulary
from backend.workflow import fields
from backend.workflow.fields import CodeField


def article6(*, required: bool = True) -> CodeField:
    """Ask for the UK GDPR Article 6 basis."""
    return _share("share_basis_article6", "Which UK GDPR basis do you share on?", required)


def condition(*, required: bool = True) -> CodeField:
    """Ask for the Article 9 or 10 condition."""
    return _share("share_conditions", "Which condition for sensitive information?", required)


def power(*, required: bool = True) -> CodeField:
    """Ask for the power to share; one that is not in force yet is not offered."""
    return _share("share_powers", "Which legal power do you share under?", required)


def _share(name: str, label: str, required: bool) -> CodeField:
    in_force = [term.code for term in vocabulary.get(name) if not term.more.get("flag")]
    return fields.code(name, label, hint="Both organisations must be able to use it", required=required, only=in_force)
