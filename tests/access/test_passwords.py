"""What makes a password (access.md, Signing in): 15 to 128 characters, a deny list, no rule about kinds of them."""

import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from backend.agencies.models import User
from backend.config.signing_in import AUTH_PASSWORD_VALIDATORS

SOMEBODY = User(email="joanna.fairweather@oakfield-school.example", name="Joanna Fairweather")


def refusals(password: str) -> set[str]:
    try:
        validate_password(password, SOMEBODY, get_password_validators(AUTH_PASSWORD_VALIDATORS))
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "lantern orchard velvet comb",
        "zażółć gęślą jaźń",
        "8e2f71c09ab4d6f3",
        "kettle-moor-july-glue",
        "x7" * 8 + "quartz",
        "a very long passphrase, " * 5,
    ],
)
def test_words_that_have_nothing_to_do_with_each_other_are_taken(password: str) -> None:
    assert refusals(password) == set()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "password_too_short"),
        ("the orchard wall " * 8, "password_too_long"),
        ("passwordpassword", "password_guessable"),
        ("Birmingham2026!!!", "password_guessable"),
        ("AlongsideChildren1", "password_guessable"),
        ("qwertyuiopasdfghjkl", "password_guessable"),
        ("1q2w3e4r5t1q2w3e4r5t", "password_guessable"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_guessable"),
        ("Summer-Winter-2026", "password_guessable"),
        ("123456789987654321", "password_too_common"),
        ("Joanna Fairweather", "password_too_similar"),
    ],
)
def test_what_everybody_tries_first_is_refused_however_it_is_lengthened(password: str, why: str) -> None:
    assert why in refusals(password)
