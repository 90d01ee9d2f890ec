"""Row security is applied at every start: again, and in a session that has not touched the database before."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_security_is_applied_again_in_a_new_session() -> None:
    connections["owner"].close()
    told = StringIO()
    call_command("secure_tables", stdout=told)
    assert "applied" in told.getvalue()
