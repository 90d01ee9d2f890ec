"""Notes are corrected, pinned, meant for somebody, and taken back."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
from django.db import migrations, models


def _state_of(model):
    """The server before this version writes notes without a state: the database keeps saying that they are written."""
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                f"ALTER TABLE cases_{model} ADD COLUMN state varchar(50) NOT NULL DEFAULT 'written'",
                f"ALTER TABLE cases_{model} DROP COLUMN state",
            )
        ],
        state_operations=[
            migrations.AddField(
                model_name=model,
                name='state',
                field=django_fsm.FSMField(
                    choices=[('written', 'Written'), ('taken_back', 'Taken back')],
                    default='written',
                    max_length=50,
                    protected=True,
                ),
            )
        ],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_four_eyes_on_plans'),
        ('cases', '0010_team'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalnote',
            name='corrects',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.note'),
        ),
        migrations.AddField(
            model_name='historicalnote',
            name='meant_for',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_default=[], default=list, size=None),
        ),
        _state_of('historicalnote'),
        migrations.AddField(
            model_name='note',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='cases.note'),
        ),
        migrations.AddField(
            model_name='note',
            name='meant_for',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_default=[], default=list, size=None),
        ),
        _state_of('note'),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(condition=models.Q(('corrects__isnull', True), ('state', 'written')), fields=['root_id', '-is_pinned', '-happened_at', '-id'], name='note_in_order'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['written', 'taken_back'])), name='note_state_known'),
        ),
    ]
