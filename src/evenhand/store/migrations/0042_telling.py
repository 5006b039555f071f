"""A record says whether it is decided that they are told, so that what waits is found by an index."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "telling.sql"


class Migration(migrations.Migration):
    """Empty for older records, of which the decision itself is asked."""

    dependencies = [("store", "0041_originators")]

    operations = [
        migrations.AddField(
            model_name="personrow",
            name="telling",
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name="personrow",
            index=models.Index(
                condition=models.Q(
                    ("standing__in", ["held", "restricted"]), ("telling__isnull", True)
                ),
                fields=["child", "proposed_at"],
                name="person_telling_undecided",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
