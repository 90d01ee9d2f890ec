"""A question to a second person outlives who asked it: somebody else looks after it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="passed_to_id",
            field=models.UUIDField(null=True),
        )
        for model in ("confirmation", "historicalconfirmation")
    ]
