"""Registers the interventions app."""

from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    """Services within a case, and their sessions."""

    name = "backend.interventions"
    label = "interventions"

    def ready(self) -> None:
        """Register words, clocks, the worker's job, and what a case asks before it closes."""
        from backend.cases.commands import case_machine  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.closing import when_it_ends  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.dying import when_it_rests  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.goals_change import when_goals_change  # noqa: PLC0415 - models are ready only now
        from backend.cases.commands.withdrawing import when_sharing_ends  # noqa: PLC0415 - models are ready only now
        from backend.cases.queries.worked_on import when_goals_are_shown  # noqa: PLC0415 - models are ready only now
        from backend.deadlines.registration import (  # noqa: PLC0415 - models are ready only now
            register_expiry,
            register_subject,
        )
        from backend.interventions import subjects, texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.interventions.commands import (  # noqa: PLC0415 - models are ready only now
            closing,
            edges,
            for_cases,
            giving_back,
            goals_change,
            resting,
        )
        from backend.interventions.commands.sharing_edges import sharing_ended  # noqa: PLC0415 - models are ready now
        from backend.interventions.queries.goals import sessions_of_goals  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now

        texts.register()
        verbs.register()
        _register_forms()
        register_subject((subjects.ANSWER, subjects.START, subjects.STILL_NEEDED), subjects.subject)
        register_expiry(subjects.STILL_NEEDED, edges.ask_again)
        register_job(giving_back.JOB, cron=EVERY_MINUTE, run=giving_back.give_back_all)
        case_machine.also_require("close", for_cases.interventions_are_decided)
        case_machine.also_require("confirm_transfer_out", for_cases.interventions_are_decided_before_it_moves)
        when_sharing_ends(sharing_ended)
        when_goals_are_shown(sessions_of_goals)
        when_goals_change(goals_change.tell_givers)
        when_it_ends(closing.tell_who_gives)
        when_it_rests(resting.rest, resting.go_on)


def _register_forms() -> None:
    from backend.drafts.registration import register_form  # noqa: PLC0415 - models are ready only now
    from backend.interventions.queries import sessions  # noqa: PLC0415 - models are ready only now

    register_form(sessions.FORM, label="session", path="/interventions/{root_id}/do/add_session", is_own=True)
    planned = "/interventions/{root_id}/do/plan_session"
    register_form(sessions.PLAN_FORM, label="session that is planned", path=planned, is_own=True)
    register_form(sessions.GROUP_FORM, label="session for several children", path="/giving/group", is_own=True)
    register_form(sessions.REGISTER_FORM, label="register", path="/group-sessions/{root_id}", is_own=True)
