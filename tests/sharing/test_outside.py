"""A share with an agency of another area: it has a name in the ledger, and costs nobody the right to share."""

from backend.sharing.models import Disclosure


def test_an_insert_of_a_share_asks_nothing_back() -> None:
    """Whoever shares need not read the ledger, and PostgreSQL asks for that as soon as an insert returns a column."""
    returned = [field.name for field in Disclosure._meta.db_returning_fields]
    assert returned == []
