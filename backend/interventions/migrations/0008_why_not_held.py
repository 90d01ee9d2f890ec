from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interventions", "0007_death"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name=name,
            field=models.CharField(blank=True, db_default="", default="", max_length=length),
        )
        for model in ("historicalsession", "session")
        for name, length in (("not_held_why", 40), ("not_held_text", 300))
    ]
