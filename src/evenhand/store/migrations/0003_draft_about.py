"""A draft says which referral it is about, so that it can be forgotten with that referral's words."""

from django.db import migrations


class Migration(migrations.Migration):
    """The schema ``machinery`` is made by SQL."""

    dependencies = [("store", "0002_casework")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE machinery.draft ADD COLUMN about text;"
            "CREATE INDEX draft_about ON machinery.draft (about) WHERE about IS NOT NULL;",
            reverse_sql="ALTER TABLE machinery.draft DROP COLUMN about;",
        )
    ]
