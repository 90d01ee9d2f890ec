"""A share with an agency of another area, which has a name here and nothing else; the server before says none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_four_eyes_on_plans'),
        ('sharing', '0004_what_a_share_opens'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE sharing_disclosure ADD COLUMN to_outside varchar(400) DEFAULT '' NOT NULL",
                    "ALTER TABLE sharing_disclosure DROP COLUMN to_outside",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name='disclosure',
                    name='to_outside',
                    field=models.CharField(blank=True, default='', max_length=400),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='disclosure',
            name='to_agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_agency__isnull', False), ('to_outside', '')), models.Q(('to_agency__isnull', True), models.Q(('to_outside', ''), _negated=True)), _connector='OR'), name='disclosure_to_somebody'),
        ),
    ]
