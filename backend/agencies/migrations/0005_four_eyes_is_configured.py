"""Four eyes on plans is a version of the configuration now. The column had no screen and stays until the next release:

the version before this one reads it while both run."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_four_eyes_on_plans"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="partnership", name="plan_needs_second_person"),
            ],
        ),
    ]
