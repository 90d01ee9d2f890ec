"""Whoever cannot be counted is set aside in the table of changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_kept_figures")]

    operations = [
        migrations.AddField(
            model_name="changed",
            name="attempts",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="changed",
            name="error",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="changed",
            name="failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="changed",
            index=models.Index(
                condition=models.Q(("failed_at__isnull", False)), fields=["failed_at"], name="set_aside"
            ),
        ),
    ]
