"""Row-level security holds only for a role that stands below it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from backend.operations import serving_role
from tests import databases


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_tests_serve_as_the_web_role() -> None:
    assert connection.settings_dict["USER"] == "alongside_web"
    assert serving_role.privileges_of(connection) == []
    assert serving_role.privileges_of(connections["owner"]) == ["owns the tables"]


@pytest.mark.django_db(transaction=True)
def test_serving_as_a_superuser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", "postgres")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", databases.server().secret("postgres"))
    with pytest.raises(ImproperlyConfigured, match="signs in as postgres, which is a superuser"):
        connection.ensure_connection()
    connection.close()
