"""Web processes count and remember together: a code works once, limits are shared, refusals leave their count.

Source: docs/adr/0066. Two processes are two Pythons, which have nothing in common but the database.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.access import shared
from backend.operations.surroundings import ROOT
from tests import databases
from tests.access.second_factor import AUTH, code, password_only, with_app
from tests.access.signing_in import a_teacher, with_password
from tests.actors import Browser, browser_of
from tests.concurrency.racing import at_once, counted

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WRONG = "a-token-that-nobody-was-ever-given-00000000"


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    shared.close()


def elsewhere(statement: str) -> str:
    """What another process answers to one line of Python."""
    line = f"import django; django.setup(); from django.core.cache import cache; print({statement})"
    settings = connection.settings_dict
    address = f"{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    url = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{address}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "OWNER_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", line], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_what_one_process_counts_and_uses_another_knows() -> None:
    assert cache.add("used", "y", 60)
    assert cache.count("tries", 60)[0] == 1
    there = elsewhere("cache.add('used', 'y', 60), cache.count('tries', 60)[0], cache.get('used')")
    assert there == "False 2 y"
    assert cache.count("tries", 60)[0] == 3


def test_one_code_shown_at_two_places_in_the_same_instant_signs_in_once() -> None:
    user = with_app(with_password(a_teacher()))
    browsers = [Browser(), Browser()]
    for browser in browsers:
        password_only(browser, user)
    shown = code()
    answers = at_once([lambda one=one: one.post(f"{AUTH}/2fa/authenticate", {"code": shown}) for one in browsers])
    assert sorted(answer.status_code for answer in answers) == [200, 400]


def test_of_many_who_are_first_at_once_one_is() -> None:
    def first() -> bool:
        try:
            return cache.add("first", "y", 60)
        finally:
            shared.close()

    assert sorted(at_once([first] * 6)) == [False] * 5 + [True]


def test_a_refusal_that_is_rolled_back_is_counted_and_at_the_limit_it_is_said_when() -> None:
    with patch.dict("rest_framework.throttling.AnonRateThrottle.THROTTLE_RATES", {"status_link": "2/hour"}):
        answers = [Browser().post("status/", {"token": WRONG}, key=None) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3600


def test_a_window_ends_by_itself() -> None:
    assert [cache.count("short", 0.3)[0] for _ in range(2)] == [1, 2]
    assert cache.add("brief", 1, 0.3)
    time.sleep(0.35)
    assert cache.count("short", 0.3)[0] == 1
    assert cache.get("brief", "gone") == "gone"
    assert cache.add("brief", 2, 60)


def test_it_is_a_cache_as_django_means_one() -> None:
    cache.set("list", [1.5, 2], 60)
    assert (cache.get("list"), cache.get("nothing")) == ([1.5, 2], None)
    assert (cache.touch("list", 30), cache.touch("nothing", 30)) == (True, False)
    assert (cache.delete("list"), cache.delete("list")) == (True, False)
    cache.set("for ever", True, None)
    assert cache.get("for ever") is True


def test_what_has_run_out_is_swept_up_and_no_key_is_readable() -> None:
    cache.set("joanna.fairweather@oakfield-school.example", 1, 0.01)
    cache.set("stays", 1, 60)
    assert counted("SELECT count(*) FROM access_shared WHERE key ~ '^[0-9a-f]{64}$'") == 2
    time.sleep(0.05)
    assert shared.forget_expired() == 1
    assert counted("SELECT count(*) FROM access_shared") == 1


def test_a_request_without_such_a_limit_says_no_statement_more(monkeypatch: Any) -> None:
    said: list[str] = []
    monkeypatch.setattr(shared, "_run", lambda statement, _values: said.append(statement) or (1, 60.0))
    browser = browser_of(a_teacher())
    with CaptureQueriesContext(connection):
        assert browser.get("messages/").status_code == 200
    assert said == []
    assert Browser().post("status/", {"token": WRONG}, key=None).status_code == 404
    assert len(said) == 1


def test_a_connection_that_the_server_has_ended_is_made_anew() -> None:
    cache.set("before", 1, 60)
    with shared._connection().cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    databases.on_server(f"SELECT pg_terminate_backend({pid})")
    assert cache.get("before") == 1
