"""The messages of the person who is signed in, over HTTP."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
