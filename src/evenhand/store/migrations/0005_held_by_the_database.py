"""What only the program held: the database holds it as well."""

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
IN_ORDER = ("parties", "decides", "slots_closed", "repeated")

IS_REPEATED = models.GeneratedField(
    expression=models.ExpressionWrapper(models.Q(repeats__gt=0), models.BooleanField()),
    output_field=models.BooleanField(),
    db_persist=True,
)


class Migration(migrations.Migration):
    """Names that are compared are columns; each subject has its own file of SQL."""

    dependencies = [("store", "0004_quarter_ends")]

    operations = [
        migrations.AddField(
            "DocumentRow", "listed", ArrayField(base_field=models.TextField(), null=True)
        ),
        migrations.AddField(
            "DocumentRow", "listed_until", ArrayField(base_field=models.DateField(), null=True)
        ),
        migrations.AddField("RecipientRow", "folded", models.TextField(null=True)),
        migrations.AddField("ConsultationRow", "is_repeated", IS_REPEATED),
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in IN_ORDER
        ),
    ]
