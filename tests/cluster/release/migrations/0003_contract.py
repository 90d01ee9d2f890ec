from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('release', '0002_index')]

    operations = [
        migrations.RunSQL("ALTER TABLE referrals_referral VALIDATE CONSTRAINT drilled"),
        migrations.RunSQL("ALTER TABLE referrals_referral DROP COLUMN drilled"),
        migrations.RunSQL("ALTER TABLE audit_accesslog DROP COLUMN drilled"),
    ]
