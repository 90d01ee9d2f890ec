from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0026_named_in_notes'),
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
