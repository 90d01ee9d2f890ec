"""What every test of the demo city leaves as it was."""

from collections.abc import Iterator

import pytest

from backend.demonstration import logins


@pytest.fixture(autouse=True)
def _the_workers_login_is_given_back() -> Iterator[None]:
    """Its connection is kept for as long as a city is made: the next test's database knows nothing of it."""
    yield
    logins.close()
