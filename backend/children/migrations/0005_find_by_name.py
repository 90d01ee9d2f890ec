import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('children', '0004_the_full_form'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='child',
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=['name_key'], name='child_name_alike', opclasses=['gin_trgm_ops']
            ),
        ),
    ]
