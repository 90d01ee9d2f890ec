"""What every answer carries."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PATHS = ["/", "/api/v1/session/", "/api/v1/health/live", "/api/v1/no-such-thing/", "/api/v1/referrals/"]


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_is_kept_framed_or_given_a_script_of_others(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_cookies_are_bound_to_the_host_outside_the_demo(client: Client) -> None:
    for name, cookie in client.get("/").cookies.items():
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_tls_is_insisted_on_outside_the_demo(client: Client) -> None:
    assert "max-age=63072000" in client.get("/", secure=True).headers["Strict-Transport-Security"]
