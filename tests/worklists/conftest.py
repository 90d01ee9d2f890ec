"""The people and cases of the casework tests."""

from tests.cases.conftest import world

__all__ = ["world"]
