from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('audit', '0002_labelled_events'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(
                condition=~models.Q(from_state='') & ~models.Q(from_state=models.F('to_state')),
                fields=['at'],
                name='event_left_a_state',
            ),
        ),
    ]
