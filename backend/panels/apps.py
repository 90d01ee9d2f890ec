"""Registers the panels app."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """Meetings of several agencies about several children."""

    name = "backend.panels"
    label = "panels"

    def ready(self) -> None:
        """Register words, the worker's job, what ends when sharing ends, what closing asks, what a chronology tells."""
        from backend.cases.commands import case_machine  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.withdrawing import when_sharing_ends  # noqa: PLC0415 - models are ready only now
        from backend.cases.queries.chronology import tell_of_others  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import register_job  # noqa: PLC0415 - models are ready only now
        from backend.panels import texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.panels.commands import for_cases, reminding  # noqa: PLC0415 - models are ready only now
        from backend.panels.commands.ending import invitations_end  # noqa: PLC0415 - models are ready only now

        tell_of_others(*verbs.TOLD)
        texts.register()
        verbs.register()
        when_sharing_ends(invitations_end)
        register_job(reminding.JOB, cron="35 * * * *", run=reminding.remind_all)
        for edge in ("close", "confirm_transfer_out"):
            case_machine.also_require(edge, for_cases.no_panel_waits_for_it)
