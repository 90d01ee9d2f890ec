import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from backend.children.match_keys import Described, keys_of, keys_to_ask


def fill(apps, schema_editor):
    """Give the children who are there already their keys."""
    children = apps.get_model('children', 'Child').objects.using(schema_editor.connection.alias)
    for child in children.iterator(chunk_size=1000):
        known = [name for name in Described.__dataclass_fields__ if hasattr(child, name)]
        described = Described(**{name: getattr(child, name) for name in known})
        children.filter(pk=child.pk).update(match_keys=keys_of(described), ask_keys=keys_to_ask(described))


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('children', '0002_match_keys'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name='child',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['match_keys'], name='child_match_keys'),
        ),
    ]
