"""What a part of a request for information published of a number is kept as it was given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("store", "0103_rights_found_held")]

    operations = [
        migrations.AddField(
            model_name="foipartrow",
            name="published",
            field=models.TextField(default=""),
        ),
    ]
