"""Registers the cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases and the transfer of their lead."""

    name = "backend.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the machines, the texts, what clocks are called, and what follows when nobody answers a transfer."""
        from backend.cases import configuring, subjects, texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands import asking, withdrawing  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.assessing import abandon  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.case_edges import (  # noqa: PLC0415 - models are ready only now
            chase_transfer_out,
            end_window,
            escalate_transfer_out,
            expire_agreement,
            resume,
        )
        from backend.cases.commands.going_on import JOB, go_on_all  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.transfer_edges import lapse  # noqa: PLC0415 - models are ready only now
        from backend.cases.queries.assessing import FORM  # noqa: PLC0415 - models are ready only now
        from backend.cases.rules.noting import FORM as NOTE  # noqa: PLC0415 - models are ready only now
        from backend.cases.rules.noting import TEAM_FORM  # noqa: PLC0415 - models are ready only now
        from backend.deadlines.registration import register_expiry  # noqa: PLC0415 - models are ready only now
        from backend.drafts.registration import register_form  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now
        from backend.sharing.registration import register_shared  # noqa: PLC0415 - models are ready only now

        configuring.register()
        texts.register()
        subjects.register()
        verbs.register()
        register_form(FORM, label="assessment", path="/assessments/{root_id}", abandon=abandon)
        register_form(NOTE, label="note of a visit or a call", path="/cases/{root_id}/do/write_note", is_own=True)
        register_form(TEAM_FORM, label="note to a team", path="/team-members/{root_id}/do/write_note", is_own=True)
        register_expiry("transfer_answer", lapse)
        register_expiry(asking.CLOCK, asking.lapse)
        register_expiry("transfer_out_answer", chase_transfer_out)
        register_expiry("transfer_out_follow_up", escalate_transfer_out)
        register_expiry("look_again", resume)
        register_expiry("agreement_ends", expire_agreement)
        register_expiry("re_referral_window", end_window)
        register_job(JOB, cron=EVERY_MINUTE, run=go_on_all)
        register_shared("case", withdrawing.subject_of, withdrawing.let_sharing_end)
