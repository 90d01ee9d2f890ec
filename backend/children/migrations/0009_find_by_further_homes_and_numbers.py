import django.contrib.postgres.fields
from django.db import migrations, models

from backend.children.match_keys import NHS, UPN, Described, keys_of, keys_to_ask, numbered

_MOST, _NAMES_A_CHILD = 6, {'nhs_number': NHS, 'upn': UPN}


def fill(apps, schema_editor):
    """Give the children who are there already what was written down of further homes, unprotected, and numbers."""
    def said(name):
        return apps.get_model('children', name).objects.using(schema_editor.connection.alias).order_by('position')

    homes, numbers = {}, {}
    for child_id, postcode in said('Address').filter(mark='').exclude(postcode='').values_list('child_id', 'postcode'):
        homes.setdefault(child_id, []).append(postcode)
    for child_id, kind, value in said('Identifier').values_list('child_id', 'kind', 'value'):
        numbers.setdefault(child_id, []).append(numbered(_NAMES_A_CHILD.get(kind, kind), value))
    children = apps.get_model('children', 'Child').objects.using(schema_editor.connection.alias)
    for child in children.filter(pk__in=[*homes, *numbers]).iterator(chunk_size=1000):
        child.other_postcodes = list(dict.fromkeys(homes.get(child.pk, [])))[:_MOST]
        child.other_numbers = list(dict.fromkeys(numbers.get(child.pk, [])))[:_MOST]
        known = [name for name in Described.__dataclass_fields__ if hasattr(child, name)]
        described = Described(**{name: getattr(child, name) for name in known})
        children.filter(pk=child.pk).update(
            other_postcodes=child.other_postcodes, other_numbers=child.other_numbers,
            match_keys=keys_of(described), ask_keys=keys_to_ask(described),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('children', '0008_further_addresses_and_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='child',
            name='other_numbers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), db_default=[], default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='child',
            name='other_postcodes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), db_default=[], default=list, editable=False, size=None),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
