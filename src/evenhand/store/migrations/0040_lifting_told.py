"""What a person is told before a restriction ends; and what waits to be lifted, by an index."""

from django.db import migrations, models

import evenhand.store.fields


class Migration(migrations.Migration):
    """The letter is kept with the step that asked for it."""

    dependencies = [("store", "0039_decided")]

    operations = [
        migrations.AddField(
            model_name="personsteprow",
            name="letter",
            field=evenhand.store.fields.SealedField(null=True),
        ),
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
