from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('sharing', '0008_agreed_for_a_time'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='disclosure',
            index=models.Index(fields=['at', 'id'], name='disclosure_latest'),
        ),
    ]
