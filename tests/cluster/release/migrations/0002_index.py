from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('release', '0001_expand')]

    operations = [
        migrations.RunSQL("CREATE INDEX CONCURRENTLY drilled ON referrals_referral (drilled)"),
    ]
