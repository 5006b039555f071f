"""Find by an index what was asked for about a restriction, and whether anybody answered it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0035_lifting")]

    operations = [
        migrations.AddIndex(
            model_name="personsteprow",
            index=models.Index(
                condition=models.Q(
                    ("what__in", ("ask_to_lift", "lift", "refuse_to_lift", "restrict"))
                ),
                fields=["person", "at"],
                name="person_step_of_lifting",
            ),
        ),
    ]
