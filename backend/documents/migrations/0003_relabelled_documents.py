from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_labelled_documents'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='relabelled',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='relabelled',
            field=models.JSONField(null=True),
        ),
    ]
