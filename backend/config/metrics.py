"""Where metrics are counted and served: nowhere, unless a port is named."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from backend.config.demo_guard import is_loopback

# Read by prometheus_client in the moment it is imported: from then on each process counts into files.
_FILES = "PROMETHEUS_MULTIPROC_DIR"


def counted_in(env: environ.Env, var: Path) -> tuple[int, str]:
    """Return the port and the folder of metrics, 0 and "" where there are none; have what is counted go there."""
    port: int = env.int("METRICS_PORT", default=0)
    if not port:
        return 0, ""
    folder = Path(env.str("METRICS_FOLDER", default=str(var / "metrics")))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[_FILES] = str(folder)
    return port, str(folder)


def shown_to(env: environ.Env) -> tuple[str, tuple[str, str, str]]:
    """Return the address, and the certificate, key and authority by which others than this machine may ask.

    Raises ImproperlyConfigured where anybody on a network could read.
    """
    bind = env.str("METRICS_BIND", default="127.0.0.1")
    names = ("METRICS_CERTIFICATE", "METRICS_KEY", "METRICS_CLIENT_CA")
    certificate, key, authority = (env.str(name, default="") for name in names)
    if not is_loopback(bind) and not (certificate and key and authority):
        raise ImproperlyConfigured(
            f"METRICS_BIND={bind} is beyond this machine: name {', '.join(names)}, so that only whoever shows a "
            "certificate can read, or leave METRICS_BIND out."
        )
    return bind, (certificate, key, authority)
