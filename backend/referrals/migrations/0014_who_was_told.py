from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0013_death'),
    ]

    operations = [
        migrations.AddField(
            model_name='told',
            name='person_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='told',
            name='person_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='told',
            constraint=models.CheckConstraint(condition=models.Q(('who', 'parent'), models.Q(('person_id__isnull', True), ('person_name', '')), _connector='OR'), name='told_person_is_a_carer'),
        ),
    ]
