"""The product's settings on the tests' own database server; the product itself is not bent for them."""

import os

from tests import databases

databases.point_environment_at_own_server()

from backend.config.settings import *  # noqa: E402, F403  (reads the environment set above)

# Hashing a password well takes a tenth of a second, on purpose; here it would be spent thousands of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# What a test hands in is gone with it.
for _store in ("documents", "exports"):
    STORAGES[_store] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}  # noqa: F405
# One database for a worker's life: a connection kept open must not outlive its clone.
for _database in DATABASES.values():  # noqa: F405
    _database["CONN_HEALTH_CHECKS"] = False
LOGGING["root"]["level"] = os.environ.get("LOG_LEVEL", "CRITICAL")  # noqa: F405
