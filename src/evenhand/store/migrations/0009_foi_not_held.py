"""“Not held” is refused of what stands in a register of the desk."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "foi_not_held.sql"
HELD_IN = [
    *("dpia", "apd", "eia", "instructions", "joint_controllers", "processors"),
    *("equality_information", "equality_objectives", "scrutiny", "operations", "none"),
]


class Migration(migrations.Migration):
    """What a part asks for of a register, and what the database holds it to."""

    dependencies = [("store", "0008_conditions")]

    operations = [
        migrations.AddField("foipartrow", "held_in", models.TextField(null=True)),
        migrations.AddConstraint(
            "foipartrow",
            models.CheckConstraint(
                condition=models.Q(("held_in", None), ("held_in__in", HELD_IN), _connector="OR"),
                name="foi_part_is_of_a_known_register",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]
