from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('audit', '0004_proof_of_the_log'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='accesslog',
            index=models.Index(fields=['made_in', 'id'], name='access_made_in'),
        ),
        AddIndexConcurrently(
            model_name='accesslog',
            index=GinIndex(fields=['child_ids'], name='access_child'),
        ),
        AddIndexConcurrently(
            model_name='accesslog',
            index=GinIndex(fields=['root_ids'], name='access_root'),
        ),
    ]
