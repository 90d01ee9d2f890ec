from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0025_naming_the_lead'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalnote',
            name='named',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='note',
            name='named',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddIndex(
            model_name='note',
            index=GinIndex(fields=['named'], name='note_names', opclasses=['jsonb_path_ops']),
        ),
    ]
