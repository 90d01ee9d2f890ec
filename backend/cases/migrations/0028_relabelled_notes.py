from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0027_meetings_put_right'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalnote',
            name='relabelled',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='note',
            name='relabelled',
            field=models.JSONField(null=True),
        ),
    ]
