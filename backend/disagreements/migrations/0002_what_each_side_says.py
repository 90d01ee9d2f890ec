"""What a turn may be, and that a disagreement is raised once."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disagreements', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['raised', 'answered', 'upheld', 'escalated', 'accepted', 'withdrawn'])), name='turn_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'raised')), fields=('root_id',), name='turn_raised_once'),
        ),
    ]
