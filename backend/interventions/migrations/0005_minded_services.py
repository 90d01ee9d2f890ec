from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0004_what_the_family_knows'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalintervention',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='intervention',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='intervention',
            index=models.Index(condition=models.Q(('minded_for_id__isnull', False)), fields=['minded_for_id'], name='intervention_minded'),
        ),
    ]
