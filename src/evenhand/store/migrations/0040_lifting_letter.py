"""What a person is told before a restriction ends is kept with the step that asked for it."""

from django.db import migrations

import evenhand.store.fields


class Migration(migrations.Migration):
    dependencies = [("store", "0039_lifting_waits")]

    operations = [
        migrations.AddField(
            model_name="personsteprow",
            name="letter",
            field=evenhand.store.fields.SealedField(null=True),
        ),
    ]
