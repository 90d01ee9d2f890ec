"""What serves the product to a browser of ours: its own web server and worker, on a database of the tests' server."""

from django.conf import settings

from backend.operations.supervisor import Site, Supervisor
from backend.operations.surroundings import VAR, urls_of
from tests import databases

# What the web server and the worker are given: the product's own settings, and a store that their worker may tidy. Not
# for longer than they run: named first on the command line, a conftest is read before the tests' settings are chosen.
OF_THE_PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    "DOCUMENT_FOLDER": str(VAR / "documents-of-tests"),
    "EXPORT_FOLDER": str(VAR / "exports-of-tests"),
}


def supervisor_of(database: str, *, port: int) -> Supervisor:
    """Return what starts the product's processes on a database; they take `OF_THE_PRODUCT` from the environment."""
    module, _, name = str(settings.WSGI_APPLICATION).rpartition(".")
    server = databases.server()
    site = Site(
        bind="127.0.0.1",
        port=port,
        demo=True,
        application=f"{module}:{name}",
        urls=lambda: urls_of(server, database=database),
        logs=VAR / "log" / database,
    )
    return Supervisor(site, say=print)
