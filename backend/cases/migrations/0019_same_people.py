import backend.core.clock
import backend.core.ids
import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_four_eyes_on_plans'),
        ('cases', '0018_death'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalSamePerson',
            fields=[
                ('id', models.UUIDField(db_index=True, default=backend.core.ids.uuid7, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('event_id', models.UUIDField(editable=False, null=True)),
                ('one_case_id', models.UUIDField()),
                ('other_case_id', models.UUIDField()),
                ('child_id', models.UUIDField()),
                ('partnership_id', models.UUIDField()),
                ('said_at', models.DateTimeField(default=backend.core.clock.now)),
                ('said_by_id', models.UUIDField()),
                ('said_by_name', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=200)),
                ('end_reason', models.TextField(blank=True)),
                ('history_user_id', models.UUIDField(null=True)),
                ('history_id', models.UUIDField(default=backend.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='agencies.agency')),
                ('one', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.relationship')),
                ('other', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.relationship')),
            ],
            options={
                'verbose_name': 'historical same person',
                'verbose_name_plural': 'historical same persons',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SamePerson',
            fields=[
                ('id', models.UUIDField(default=backend.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('one_case_id', models.UUIDField()),
                ('other_case_id', models.UUIDField()),
                ('child_id', models.UUIDField()),
                ('partnership_id', models.UUIDField()),
                ('said_at', models.DateTimeField(default=backend.core.clock.now)),
                ('said_by_id', models.UUIDField()),
                ('said_by_name', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=200)),
                ('end_reason', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.relationship')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.relationship')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='same_person_is_of_two_in_order'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('one', 'other'), name='same_person_said_once')],
            },
        ),
    ]
