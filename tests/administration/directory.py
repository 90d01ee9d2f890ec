"""A directory of an agency, as a small server on this machine: it signs with keys of its own, and lies when told to."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT = "alongside"
TENANT = "tenant-of-the-front-door"
OBJECT = "object-of-the-newcomer"
KEY_NAME = "key-of-this-year"

# Makes the token that is given out, from the claims that an honest directory would sign.
Signs = Callable[["Provider", dict[str, Any]], str]


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A private key, the same for a whole run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed(claims: dict[str, Any], *, by: str = KEY_NAME, kid: str | None = KEY_NAME, alg: str = "RS256") -> str:
    """A token as it should be, or nearly."""
    return jwt.encode(claims, key(by), algorithm=alg, headers={"kid": kid} if kid else None)


@dataclass
class Provider:
    """The directory: what it was asked, and how it signs next."""

    issuer: str = ""
    signs: Signs = lambda _provider, claims: signed(claims)
    claims: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def honest(self, nonce: str) -> dict[str, Any]:
        """What an honest directory says of the newcomer."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": "pairwise", "tid": TENANT, "oid": OBJECT, "nonce": nonce}
        return {**said, "iat": now, "nbf": now, "exp": now + 300, **self.claims}

    def authorize(self, address: str) -> str:
        """Whoever comes is taken for the newcomer: the code that the browser carries back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return code

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """The answer to a code, once, to whoever began; None is a refusal."""
        asked = self.codes.pop(given["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=")
        if asked is None or asked["code_challenge"] != challenge.decode() or given["client_secret"] != "well kept":
            return None
        return {"access_token": "unused", "id_token": self.signs(self, self.honest(asked["nonce"]))}

    def keys(self) -> dict[str, Any]:
        """The public halves of what it signs with."""
        found = json.loads(RSAAlgorithm.to_jwk(key(KEY_NAME).public_key()))
        return {"keys": [{**found, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}


class _Handler(BaseHTTPRequestHandler):
    """Lets a directory answer by HTTP."""

    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        if parts.path == "/authorize":
            asked = parse_qs(parts.query)
            back = urlencode({"code": self.provider.authorize(self.path), "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            self.end_headers()
            return
        answers = {"/.well-known/openid-configuration": self._says, "/keys": self.provider.keys}
        self._answer(answers[parts.path]())

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(self.provider.token({name: values[0] for name, values in form.items()}))

    def _says(self) -> dict[str, str]:
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.provider.issuer} | {name: f"{self.provider.issuer}/{at}" for name, at in places.items()}

    def _answer(self, body: dict[str, Any] | None) -> None:
        data = json.dumps(body or {"error": "invalid_grant"}).encode()
        self.send_response(200 if body else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Provider]:
    """A directory that answers on a port of its own."""
    provider = Provider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
