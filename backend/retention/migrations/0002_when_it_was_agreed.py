from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_keeping")]

    operations = [
        migrations.AddField(
            model_name="historicalorder", name="agreed_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="order", name="agreed_at", field=models.DateTimeField(editable=False, null=True)
        ),
        # What was agreed before anybody kept this was agreed when it says so; from here on a trigger sets it, and the one
        # that is still there lets nobody.
        migrations.RunSQL(
            """ALTER TABLE retention_order DISABLE TRIGGER USER;
               UPDATE retention_order SET agreed_at = confirmed_at WHERE confirmed_at IS NOT NULL;
               ALTER TABLE retention_order ENABLE TRIGGER USER""",
            migrations.RunSQL.noop,
        ),
    ]
