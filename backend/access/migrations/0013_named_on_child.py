from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('access', '0012_who_hears_an_item'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='named',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['child_id'], name='named_on_child'),
        ),
    ]
