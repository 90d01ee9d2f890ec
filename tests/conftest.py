"""What every test stands on: a database of its own worker, as the restricted web role."""

import gc
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests import databases
from tests.restoring import Fresh
from tests.spread import set_aside

settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("deep" if "deep" in str(config.option.markexpr).replace("not deep", "") else "quick")


class Together(LoadScopeScheduling):
    """Gives each test to whichever process is free, but those that share one product to one process, in their order.

    One serves the product and drives the browser, from the beginning, while the others do the rest. xdist's own way to
    say so, a mark on a test, is lost with this version of pytest.
    """

    _SHARING: ClassVar[tuple[str, ...]] = ("tests/e2e/", "tests/operations/test_up.py")

    def _split_scope(self, nodeid: str) -> str:
        return next((one for one in self._SHARING if nodeid.startswith(one)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    set_aside(items)
    for item in items:
        if "tests/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


def pytest_collection_finish() -> None:
    """All that is loaded stays until the end: looking through it for garbage again and again finds none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session")
def django_db_setup(own_database: Fresh) -> None:
    """Let Django's tests use the database of this worker."""


@pytest.fixture(scope="session")
def own_database(django_test_environment: None, django_db_blocker: Any) -> Iterator[Fresh]:
    """Clone the template for this worker; `default` is the web role, `owner` the owner of the tables.

    After a test that commits, Django would TRUNCATE, which the web role may not do, nor should.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        own = Fresh(databases.own_name(), template=databases.plain_template())
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: own.again())
        # It keeps the connections that are at rest.
        patch.setattr(TransactionTestCase, "_should_reload_connections", lambda _case: False)
        yield own
        own.drop()
