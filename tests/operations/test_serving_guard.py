"""Outside the demo the server does not start with a setting that opens it; on its own it finds nothing wrong."""

import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.config.serving_guard import refuse_logins_of_others, refuse_unsafe_serving
from backend.operations.surroundings import ROOT

KEY = "kG5-hV1mR8sZ0dX3bQ7wT2yU9iO4pL6aJcFeN"
SAFE: dict[str, Any] = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["alongside.example.org"],
    "PUBLIC_URL": "https://alongside.example.org",
    "CSRF_TRUSTED_ORIGINS": ["https://alongside.example.org"],
}


@pytest.mark.parametrize(
    "change",
    [{}, {"PUBLIC_URL": "http://localhost:8000"}, {"SECRET_KEY_FALLBACKS": [KEY]}, {"DEMO": True, "SECRET_KEY": "x"}],
)
def test_safe_settings_serve(change: dict[str, Any]) -> None:
    refuse_unsafe_serving(SimpleNamespace(**SAFE | change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"DEBUG": True}, "DEBUG is on"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too short or too simple"),
        ({"SECRET_KEY_FALLBACKS": ["old"]}, "A key in SECRET_KEY_FALLBACKS"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS takes any name"),
        ({"PUBLIC_URL": "http://alongside.example.org"}, "only https"),
        ({"CSRF_TRUSTED_ORIGINS": ["https://*.example.org"]}, "names any address"),
        ({"CSRF_TRUSTED_ORIGINS": ["http://alongside.example.org"]}, "only https"),
    ],
)
def test_an_unsafe_setting_is_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        refuse_unsafe_serving(SimpleNamespace(**SAFE | change))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY .* ALLOWED_HOSTS"):
        refuse_unsafe_serving(SimpleNamespace(**SAFE | {"SECRET_KEY": "x", "ALLOWED_HOSTS": ["*"]}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DATABASES": {"default": {}, "owner": {}}}, "OWNER_DATABASE_URL is set"),
        ({"DISPOSAL_DATABASE_URL": "postgres://alongside_disposal@db/alongside"}, "DISPOSAL_DATABASE_URL is set"),
    ],
)
def test_a_web_server_does_not_start_with_the_login_of_somebody_else(given: dict[str, Any], said: str) -> None:
    own = {"DATABASES": {"default": {}}, "DISPOSAL_DATABASE_URL": ""}
    refuse_logins_of_others(SimpleNamespace(**own))
    with pytest.raises(ImproperlyConfigured, match=said):
        refuse_logins_of_others(SimpleNamespace(**own | given))


def test_djangos_own_check_of_a_machine_that_serves_finds_nothing() -> None:
    """With the settings of the manual for a server of one's own (docs/how-to/run-on-your-own-postgresql.md)."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")} | {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
        "DEMO": "false",
        "SECRET_KEY": KEY * 2,
        "BEHIND_TLS_PROXY": "true",
        "PUBLIC_URL": SAFE["PUBLIC_URL"],
        "ALLOWED_HOSTS": "alongside.example.org",
    }
    code = "import django; django.setup(); from django.core.management import call_command; "
    code += "call_command('check', deploy=True, fail_level='WARNING')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
