from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index is built beside a table in use only outside a transaction.
    atomic = False

    dependencies = [
        ('referrals', '0014_who_was_told'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='referral',
            index=models.Index(
                condition=models.Q(submitted_at__isnull=False),
                fields=['holder', 'submitted_at'],
                name='referral_received',
            ),
        ),
    ]
