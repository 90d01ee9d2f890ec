from django.db import migrations


class Migration(migrations.Migration):

    operations = [
        migrations.RunSQL("ALTER TABLE referrals_referral ADD COLUMN drilled text"),
        migrations.RunSQL("ALTER TABLE audit_accesslog ADD COLUMN drilled text DEFAULT ''"),
        migrations.RunSQL("ALTER TABLE referrals_referral ADD CONSTRAINT drilled CHECK (drilled <> '') NOT VALID"),
    ]
