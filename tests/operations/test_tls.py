"""The web server that ends TLS itself: what is older than 1.2, weaker than forward secrecy or not encrypted is refused.

Source: OWASP ASVS 5.0.0, 12.1.1, 12.1.2 and 12.2.1.
"""

import http.client
import os
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from backend.operations import processes
from backend.operations.children import stop_all
from backend.operations.supervisor import CERTIFICATE, Site, Supervisor
from tests.certificates import self_signed

OLD = ("TLSv1", "TLSv1_1")


def application(_environ: object, start: Callable[[str, list[tuple[str, str]]], object]) -> list[bytes]:
    """Something to serve that needs no database."""
    start("200 OK", [("Content-Length", "2")])
    return [b"ok"]


@contextmanager
def _served(folder: Path, oldest: str) -> Iterator[Supervisor]:
    certificate = str(self_signed(folder))
    given = {CERTIFICATE: certificate, "GRANIAN_SSL_KEYFILE": certificate, "WEB_PROCESSES": "1"}
    given |= {"GRANIAN_SSL_PROTOCOL_MIN": oldest} if oldest else {}
    site = Site(
        bind="127.0.0.1",
        port=processes.free_port("127.0.0.1", preferred=None),
        demo=False,
        application=f"{__name__}:application",
        urls=lambda: {"DATABASE_URL": ""},
        logs=folder,
    )
    with patch.dict(os.environ, given):
        supervisor = Supervisor(site, say=print)
        web = next(child for child in supervisor.children if child.name == "web")
        supervisor.children = [web]
        web.start()
        try:
            supervisor.wait_until_ready()
            yield supervisor
        finally:
            stop_all([web])


def _spoken(supervisor: Supervisor, newest: ssl.TLSVersion, ciphers: str = "ALL:@SECLEVEL=0") -> tuple[str, str]:
    """Which version and cipher a client comes to that speaks nothing newer."""
    client = ssl.create_default_context()
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.set_ciphers(ciphers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client.minimum_version, client.maximum_version = ssl.TLSVersion.TLSv1, newest
    link = http.client.HTTPSConnection("127.0.0.1", supervisor.site.port, context=client, timeout=5)
    try:
        link.request("GET", "/")
        assert link.getresponse().status == http.HTTPStatus.OK
        found = link.sock.cipher()
        assert found is not None
        return str(found[1]), str(found[0])
    finally:
        link.close()


@pytest.mark.parametrize(
    ("oldest", "refused"), [("", ["TLSv1", "TLSv1_1", "TLSv1_2"]), ("tls1.2", ["TLSv1", "TLSv1_1"])]
)
def test_only_new_versions_are_spoken_and_the_newest_is_preferred(
    tmp_path: Path, oldest: str, refused: tuple[str, ...]
) -> None:
    with _served(tmp_path, oldest) as supervisor:
        assert supervisor.site.address.startswith("https://")
        assert _spoken(supervisor, ssl.TLSVersion.MAXIMUM_SUPPORTED)[0] == "TLSv1.3"
        for version in refused:
            with pytest.raises(ssl.SSLError):
                _spoken(supervisor, ssl.TLSVersion[version])


def test_each_cipher_has_forward_secrecy_and_weaker_ones_are_refused(tmp_path: Path) -> None:
    with _served(tmp_path, "tls1.2") as supervisor:
        assert _spoken(supervisor, ssl.TLSVersion.TLSv1_2)[1].startswith("ECDHE-")
        for weak in ("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256"):
            with pytest.raises(ssl.SSLError):
                _spoken(supervisor, ssl.TLSVersion.TLSv1_2, f"{weak}:@SECLEVEL=0")


def test_what_is_not_encrypted_is_not_answered(tmp_path: Path) -> None:
    with _served(tmp_path, "") as supervisor:
        link = http.client.HTTPConnection("127.0.0.1", supervisor.site.port, timeout=5)
        link.request("GET", "/")
        with pytest.raises((ConnectionError, http.client.BadStatusLine)):
            link.getresponse()
        link.close()
