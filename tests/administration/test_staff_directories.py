"""Signing in by an agency's own directory: tied to a person by invitation only, and no bad token gets anybody in.

Source: access.md, Signing in; docs/adr/0067.
"""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from django.core.cache import cache

from backend.access import fetching
from backend.administration.models import DirectoryIdentity
from backend.agencies.models import Membership, User
from backend.agencies.roles import Role
from backend.audit.models import AccessLog
from tests.access.second_factor import AUTH, code, with_app
from tests.access.signing_in import who_is_in
from tests.actors import Browser, actor, browser_of
from tests.administration.directory import CLIENT, KEY_NAME, OBJECT, TENANT, Provider, key, served, signed
from tests.administration.leading import manager
from tests.administration.test_inviting import choose, invited, the_mail, token_of, told

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
AGENCY = "city-early-help"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with served() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Any, monkeypatch: Any) -> Provider:
    """The directory of city early help, as it is when nobody has told it to lie."""
    cache.clear()
    fetching.forget()
    running.signs, running.claims = lambda _provider, claims: signed(claims), {}
    monkeypatch.setenv("EARLY_HELP_SECRET", "well kept")
    settings.STAFF_DIRECTORIES = [
        {"agency": AGENCY, "issuer": running.issuer, "client_id": CLIENT, "secret_name": "EARLY_HELP_SECRET"}
        | {"tenant": TENANT, "strong_acr": ["strong"]}
    ]
    return running


def begin(browser: Browser, token: str = "", agency: str = AGENCY) -> Any:
    return browser.post("session/directory/", {"agency": agency, "token": token}, key=None)


def finish(browser: Browser, state: str, shown: str) -> Any:
    return browser.post("session/directory/finish/", {"echo": state, "code": shown}, key=None)


def sent_to(answer: Any) -> tuple[str, str]:
    """Where the browser is sent, and the state in it."""
    assert answer.status_code == 200, answer.content
    address = answer.json()["address"]
    return address, parse_qs(urlsplit(address).query)["state"][0]


def come(browser: Browser, provider: Provider, token: str = "") -> Any:
    """There and back."""
    address, state = sent_to(begin(browser, token))
    return finish(browser, state, provider.authorize(address))


def tied(provider: Provider) -> User:
    """Somebody new who has used their invitation to be tied to the directory."""
    person = invited()
    assert come(Browser(), provider, token_of(the_mail())).status_code == 200
    return User.objects.get(email=person["email"])


# --- Tied and signed in -------------------------------------------------------------------------------------------


def test_an_invitation_ties_a_person_and_from_then_on_their_directory_signs_them_in(provider: Provider) -> None:
    person, browser = invited(), Browser()
    token = token_of(the_mail())
    assert come(browser, provider, token).json() == {"second_step": []}
    shown = who_is_in(browser)
    assert (shown["signed_in"], shown["needs_second_factor"]) == (True, True), "ours is asked where theirs was not"
    user = User.objects.get(email=person["email"])
    assert DirectoryIdentity.objects.values_list("user_id", "issuer", "tenant", "subject").get() == (
        user.id,
        provider.issuer,
        TENANT,
        OBJECT,
    )
    assert told(user) == ["role_added", "sign_in_directory", "sign_in_device"]
    assert choose(token).status_code == 404, "the invitation is used"
    assert come(Browser(), provider).status_code == 200


@pytest.mark.parametrize(
    ("claims", "asked"),
    [
        ({}, True),
        ({"amr": ["pwd"]}, True),
        ({"amr": ["pwd", "mfa"]}, False),
        ({"acr": "strong"}, False),
        ({"acr": "1"}, True),
    ],
)
def test_a_second_factor_that_the_directory_asked_for_counts(
    provider: Provider, claims: dict[str, Any], asked: bool
) -> None:
    tied(provider)
    provider.claims, browser = claims, Browser()
    assert come(browser, provider).status_code == 200
    assert who_is_in(browser)["needs_second_factor"] is asked


def test_whoever_has_a_second_step_here_is_asked_for_it(provider: Provider) -> None:
    with_app(tied(provider))
    browser = Browser()
    assert come(browser, provider).json() == {"second_step": ["totp"]}
    assert who_is_in(browser)["signed_in"] is False
    assert browser.post(f"{AUTH}/2fa/authenticate", {"code": code()}).status_code == 200
    assert who_is_in(browser)["membership"] is not None


def test_nobody_comes_in_by_their_address_and_nobody_signs_up(provider: Provider) -> None:
    provider.claims = {"email": manager_email(), "email_verified": True, "preferred_username": manager_email()}
    answer = come(Browser(), provider)
    assert (answer.status_code, answer.json()["code"]) == (403, "directory_refused")
    assert "open the link of your invitation" in answer.json()["reasons"][0]
    assert not DirectoryIdentity.objects.exists()


def manager_email() -> str:
    return Membership.objects.get(pk=manager().membership_id).user.email


def test_whoever_has_left_is_refused(provider: Provider) -> None:
    user = tied(provider)
    row = Membership.objects.get(user=user)
    assert browser_of(manager()).post(f"people/{row.id}/end/", {}).status_code == 200
    answer = come(Browser(), provider)
    assert (answer.status_code, answer.json()["reasons"][0][:24]) == (403, "You have no current role")


def test_an_invitation_of_another_agency_ties_nobody_to_this_one(provider: Provider) -> None:
    invited(actor("youth-justice", Role.MANAGER))
    assert come(Browser(), provider, token_of(the_mail())).status_code == 403
    tied(provider)
    invited(email="second.worker@made-up.example")
    answer = come(Browser(), provider, token_of(the_mail()))
    assert "tied to another account" in answer.json()["reasons"][0]
    assert DirectoryIdentity.objects.count() == 1


def test_a_directory_that_is_away_says_so_and_one_that_is_not_there_is_not_found(provider: Provider) -> None:
    assert begin(Browser(), agency="oakfield-school").status_code == 404
    assert begin(Browser(), token="a-token-of-nobody").status_code == 404
    address, state = sent_to(begin(browser := Browser()))
    fetching.forget()
    there, provider.issuer = provider.issuer, "http://127.0.0.1:9/elsewhere"
    try:
        answer = finish(browser, state, provider.authorize(address))
    finally:
        provider.issuer = there
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


# --- Bad tokens ---------------------------------------------------------------------------------------------------


def _public_pem() -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key(KEY_NAME).public_key().public_bytes(serialization.Encoding.PEM, form)


def _by_hand(header: dict[str, Any], claims: dict[str, Any], sign: Any) -> str:
    """A token that no honest library makes."""
    parts = [jwt.utils.base64url_encode(json.dumps(part).encode()).decode() for part in (header, claims)]
    signature = jwt.utils.base64url_encode(sign(".".join(parts).encode())).decode()
    return ".".join([*parts, signature])


def _hs256(claims: dict[str, Any]) -> str:
    secret = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    header = {"alg": "HS256", "kid": KEY_NAME, "typ": "JWT"}
    return _by_hand(header, claims, lambda text: secret.sign(text, _public_pem()))


def _tampered(token: str) -> str:
    header, _claims, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False}) | {"oid": "object-of-a-manager"}
    return ".".join([header, jwt.utils.base64url_encode(json.dumps(claims).encode()).decode(), signature])


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {one: value for one, value in claims.items() if one != name}


NOW = time.time
BAD: dict[str, tuple[Any, str]] = {
    "alg none": (lambda p, c: jwt.encode(c, None, algorithm="none", headers={"kid": KEY_NAME}), "not signed in a way"),
    "HS256 with the public key": (lambda p, c: _hs256(c), "not signed in a way"),
    "unsigned": (lambda p, c: signed(c).rpartition(".")[0] + ".", "changed on the way"),
    "tampered": (lambda p, c: _tampered(signed(c)), "changed on the way"),
    "signed by another key of this name": (lambda p, c: signed(c, by="another"), "changed on the way"),
    "key of another tenant": (lambda p, c: signed(c, by="theirs", kid="key-of-theirs"), "not the directory’s"),
    "no key named": (lambda p, c: signed(c, kid=None), "not the directory’s"),
    "another algorithm than the key's": (lambda p, c: signed(c, alg="PS256"), "not signed in a way"),
    "a critical extension": (
        lambda p, c: jwt.encode(c, key(KEY_NAME), algorithm="RS256", headers={"kid": KEY_NAME, "crit": ["x"], "x": 1}),
        "",
    ),
    "another issuer": (lambda p, c: signed({**c, "iss": "https://elsewhere.example"}), "comes from another directory"),
    "another audience": (lambda p, c: signed({**c, "aud": "another"}), "meant for another service"),
    "several, asked for by another": (
        lambda p, c: signed({**c, "aud": [CLIENT, "another"], "azp": "another"}),
        "asked for by another service",
    ),
    "several, asked for by nobody": (lambda p, c: signed({**c, "aud": [CLIENT, "another"]}), "asked for by another"),
    "id_token of another client": (lambda p, c: signed({**c, "azp": "another"}), "asked for by another service"),
    "expired": (lambda p, c: signed({**c, "exp": NOW() - 120}), "had run out"),
    "not yet valid": (lambda p, c: signed({**c, "nbf": NOW() + 600}), "from the future"),
    "issued in the future": (lambda p, c: signed({**c, "iat": NOW() + 600}), "from the future"),
    "issued long ago": (lambda p, c: signed({**c, "iat": NOW() - 3600}), "too old"),
    "no time of issue": (lambda p, c: signed(without(c, "iat")), "leaves out"),
    "no end": (lambda p, c: signed(without(c, "exp")), "leaves out"),
    "another nonce": (lambda p, c: signed({**c, "nonce": "another"}), "another try"),
    "no nonce": (lambda p, c: signed(without(c, "nonce")), "leaves out"),
    "no sub": (lambda p, c: signed(without(c, "sub")), "leaves out"),
    "no object": (lambda p, c: signed(without(c, "oid")), "did not say who you are"),
    "an empty object": (lambda p, c: signed({**c, "oid": ""}), "did not say who you are"),
    "another tenant": (lambda p, c: signed({**c, "tid": "another"}), "another organisation"),
    "no tenant": (lambda p, c: signed(without(c, "tid")), "another organisation"),
    "no token": (lambda p, c: None, "did not say who you are"),
    "not a token": (lambda p, c: "not.a.token", "could not read"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_token_gets_nobody_in_and_says_why_in_a_sentence(provider: Provider, kind: str) -> None:
    tied(provider)
    provider.signs, sentence = BAD[kind]
    browser = Browser()
    answer = come(browser, provider)
    assert (answer.status_code, answer.json()["code"]) == (403, "directory_refused"), answer.content
    [said] = answer.json()["reasons"]
    assert said.startswith("We could not sign you in with ")
    assert sentence in said
    assert who_is_in(browser)["signed_in"] is False
    rows = AccessLog.objects.using("owner").filter(label="staff_directory.finish").order_by("recorded_at", "id")
    assert list(rows.values_list("status", flat=True)) == [200, 403]
    provider.signs = lambda _provider, claims: signed(claims)
    assert come(browser, provider).status_code == 200, "and the next try is a new one"


@pytest.mark.parametrize(
    "kind", ["a code that was used", "a state that was answered", "another state", "another browser", "of a refusal"]
)
def test_an_answer_is_good_for_the_browser_that_began_and_once(provider: Provider, kind: str) -> None:
    tied(provider)
    browser = Browser()
    address, state = sent_to(begin(browser))
    shown = provider.authorize(address)
    if kind == "a code that was used":
        assert finish(browser, state, shown).status_code == 200
        _address, state = sent_to(begin(browser))
    elif kind == "a state that was answered":
        assert finish(browser, state, shown).status_code == 200
        shown = provider.authorize(address)
    elif kind == "another state":
        state = "another"
    elif kind == "another browser":
        browser = Browser()
    else:
        assert finish(browser, state, "no such code").status_code == 403
    answer = finish(browser, state, shown)
    assert (answer.status_code, answer.json()["code"]) == (403, "directory_refused")
    assert "Start again." in answer.json()["reasons"][0]


def test_unknown_keys_make_nobody_ask_the_directory_again_and_again(provider: Provider) -> None:
    tied(provider)
    provider.signs = lambda _provider, claims: signed(claims, by="theirs", kid="key-of-theirs")
    provider.asked.clear()
    for _ in range(3):
        assert come(Browser(), provider).status_code == 403
    assert provider.asked.count("/keys") == 0
