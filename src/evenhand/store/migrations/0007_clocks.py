"""Working days, what is due, and snoozes."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields


class Migration(migrations.Migration):
    """Working days, what is due, and snoozes."""

    dependencies = [("store", "0006_platforms")]
    operations = [
        migrations.AddField(
            model_name="referralrow",
            name="put_off_until",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(fields=["state", "due_at", "number"], name="referral_due"),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(
                condition=models.Q(("put_off_until__isnull", False)),
                fields=["due_at", "number"],
                name="referral_put_off",
            ),
        ),
        migrations.CreateModel(
            name='SnoozeRow',
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateField()),
                ("reason", evenhand.store.fields.SealedField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="store.referralrow",
                    ),
                ),
            ],
            options={
                'db_table': "snooze",
                'abstract': False,
            },
        ),
    ]
