"""Registers the referrals app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals, their parts, and the questions they lead to."""

    name = "backend.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Register words, the form, what is configured, what follows when a clock runs out, what reminders may say."""
        from backend.deadlines.registration import (  # noqa: PLC0415 - models are ready only now
            register_expiry,
            register_subject,
        )
        from backend.disagreements.records import Record, register_record  # noqa: PLC0415 - models are ready only now
        from backend.drafts.registration import register_form  # noqa: PLC0415 - models are ready only now
        from backend.notifications.schedule import EVERY_MINUTE, register_job  # noqa: PLC0415 - models are ready only now
        from backend.referrals import configuring, texts, verbs  # noqa: PLC0415 - models are ready only now
        from backend.referrals.commands import (  # noqa: PLC0415 - models are ready only now
            challenging,
            drafting,
            following_deaths,
            linking,
            machine,
            questions,
            sending_links,
            withdrawing,
        )
        from backend.referrals.form.sections import FORM  # noqa: PLC0415 - models are ready only now
        from backend.referrals.queries import siblings  # noqa: PLC0415 - models are ready only now
        from backend.sharing.registration import register_shared  # noqa: PLC0415 - models are ready only now

        texts.register()
        verbs.register()
        configuring.register()
        register_form(FORM, label="referral", path="/referrals/{root_id}/draft", abandon=drafting.abandon)
        siblings.register()
        register_record("referral", Record(machine.path, challenging.put_right))
        register_expiry("take", machine.recall_unanswered)
        register_expiry(questions.CLOCK, questions.lapse)
        register_job(machine.RESUME_JOB, cron=EVERY_MINUTE, run=machine.resume_answered)
        register_job(sending_links.JOB, cron=EVERY_MINUTE, run=sending_links.send_status_links)
        register_job(following_deaths.JOB, cron=EVERY_MINUTE, run=following_deaths.follow_deaths)
        register_job(linking.JOB, cron=EVERY_MINUTE, run=linking.pass_links_on)
        register_shared("referral", withdrawing.subject_of, withdrawing.let_sharing_end)
        register_subject(machine.CLOCKS, machine.subject)
        register_subject((questions.CLOCK,), machine.question_subject)
