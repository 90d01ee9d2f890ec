from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_same_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalaction',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicaltask',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='minded_for_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(condition=models.Q(('minded_for_id__isnull', False)), fields=['minded_for_id'], name='action_minded'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('minded_for_id__isnull', False)), fields=['minded_for_id'], name='task_minded'),
        ),
    ]
