"""Meetings are taken back at once, or put right with what they said before kept beside them."""

import django_fsm
from django.db import migrations, models


def _state_of(model):
    """The server before this version writes meetings without a state: the database says that they are recorded."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE cases_{model} ADD COLUMN state varchar(50) NOT NULL DEFAULT 'recorded'",
                f"ALTER TABLE cases_{model} DROP COLUMN state",
            )
        ],
        state_operations=[
            migrations.AddField(
                model_name=model,
                name='state',
                field=django_fsm.FSMField(
                    choices=[('recorded', 'Recorded'), ('undone', 'Taken back')],
                    default='recorded',
                    max_length=50,
                    protected=True,
                ),
            )
        ],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_named_in_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalmeeting',
            name='earlier',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        _state_of('historicalmeeting'),
        migrations.AddField(
            model_name='meeting',
            name='earlier',
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        _state_of('meeting'),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['recorded', 'undone'])), name='meeting_state_known'),
        ),
    ]
