from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('workflow', '0002_a_question_passed_on'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='confirmation',
            index=models.Index(fields=['root_id'], name='confirmation_of_record'),
        ),
    ]
