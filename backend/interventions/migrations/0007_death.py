from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interventions', '0006_goals'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalintervention',
            name='died_from',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='intervention',
            name='died_from',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
