from django.db import migrations, models
from django_fsm import FSMField

_STATES = [
    ("asked", "Waits for a second person"),
    ("open", "Being looked through"),
    ("checking", "Being checked"),
    ("refusing", "A refusal waits for a second person"),
    ("withdrawing", "A withdrawal waits for a second person"),
    ("released", "Released"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
_UNFINISHED = ("asked", "open", "checking", "refusing", "withdrawing")
_NEW = {
    "withdrawn_from": 20,
    "withdrawal_by_id": 0,
    "withdrawal_by_name": 200,
    "withdrawal_at": None,
    "withdrawn_by_id": 0,
    "withdrawn_by_name": 200,
    "not_withdrawn_why": 300,
}


def _field(size):
    if size is None:
        return models.DateTimeField(null=True)
    return models.CharField(blank=True, db_default="", default="", max_length=size) if size else models.UUIDField(null=True)


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_refused_by_two")]

    operations = [
        *(
            migrations.AddField(model_name=model, name=name, field=_field(size))
            for model in ("historicalsubjectrequest", "subjectrequest")
            for name, size in _NEW.items()
        ),
        *(
            migrations.AlterField(
                model_name=model, name="state", field=FSMField(choices=_STATES, default="asked", max_length=50, protected=True)
            )
            for model in ("historicalsubjectrequest", "subjectrequest")
        ),
        migrations.RemoveConstraint(model_name="subjectrequest", name="subject_request_state_known"),
        migrations.RemoveConstraint(model_name="subjectrequest", name="subject_request_open_is_confirmed"),
        migrations.RemoveConstraint(model_name="subjectrequest", name="subject_request_once"),
        migrations.RemoveIndex(model_name="subjectrequest", name="subject_request_due"),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [code for code, _label in _STATES])), name="subject_request_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "refusing", "refused", "withdrawing", "withdrawn"]),
                    ("confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="subject_request_open_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_by_id__isnull", True),
                    models.Q(("withdrawn_by_id", models.F("withdrawal_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="subject_request_withdrawn_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", _UNFINISHED)),
                fields=("child_id", "asker_name"),
                name="subject_request_once",
            ),
        ),
        migrations.AddIndex(
            model_name="subjectrequest",
            index=models.Index(
                condition=models.Q(("state__in", _UNFINISHED)),
                fields=["partnership_id", "due_at", "id"],
                name="subject_request_due",
            ),
        ),
    ]
