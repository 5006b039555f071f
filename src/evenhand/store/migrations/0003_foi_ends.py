"""Requests for information end in more ways, and what was owed before is owed again."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """What a request may become, with the functions that hold it to that."""

    dependencies = [("store", "0002_functions")]

    operations = [
        *(
            migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            for name in ("foi_moves", "foi_replies")
        ),
    ]
