"""A correction of a published figure can be declined, and stays with the desk."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).parent.parent / "sql" / "corrections_declined.sql"


class Migration(migrations.Migration):
    """Three columns, and a figure may be in several corrections of which all but one are declined."""

    dependencies = [("store", "0110_training")]

    operations = [
        *(
            migrations.AlterField(
                "erratumrow",
                name,
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="store.figurerow",
                ),
            )
            for name in ("wrong", "right")
        ),
        migrations.AddField(
            "erratumrow",
            "declined_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.officerrow",
            ),
        ),
        migrations.AddField("erratumrow", "declined_at", models.DateTimeField(null=True)),
        migrations.AddField("erratumrow", "declined_why", models.TextField(default="")),
        migrations.AddConstraint(
            "erratumrow",
            models.CheckConstraint(
                condition=Q(declined_by__isnull=True, declined_at__isnull=True, declined_why="")
                | Q(
                    declined_by__isnull=False, declined_at__isnull=False, confirmed_at__isnull=True
                )
                & ~Q(declined_by=F("by"))
                & ~Q(declined_why=""),
                name="erratum_declined_by_another",
            ),
        ),
        migrations.AddConstraint(
            "erratumrow",
            models.UniqueConstraint(
                fields=["wrong"],
                condition=Q(declined_at__isnull=True),
                name="erratum_of_a_figure_once",
            ),
        ),
        migrations.AddConstraint(
            "erratumrow",
            models.UniqueConstraint(
                fields=["right"], condition=Q(declined_at__isnull=True), name="erratum_by_one_once"
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
