"""Running Alongside: its database servers, its processes and the commands that start them."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OperationsConfig(AppConfig):
    """Above every other app: it may import them all, none imports it."""

    name = "backend.operations"

    def ready(self) -> None:
        """Watch the first connection of each process for a role that would make row-level security empty talk.

        And put on the worker's schedule that it looks after what Alongside stands on.
        """
        from backend.operations.serving_role import refuse_privileged_role  # noqa: PLC0415  (apps must be loaded)
        from backend.operations.watching import jobs  # noqa: PLC0415  (apps must be loaded)

        jobs.register()

        connection_created.connect(refuse_privileged_role, dispatch_uid="backend.operations.serving_role")
