"""Triage in full, and the view ledger."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields


class Migration(migrations.Migration):
    """Triage in full, and the view ledger."""

    dependencies = [("store", "0004_find")]

    operations = [
        migrations.CreateModel(
            name='EmergencyRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "done",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("done_at", models.DateTimeField()),
                ("told", evenhand.store.fields.SealedField(null=True)),
                ("their_reference", evenhand.store.fields.SealedField(null=True)),
                ("words", evenhand.store.fields.SealedField(null=True)),
                ("by", models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.officerrow"
            )),
                ("referral", models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="store.referralrow",
            )),
            ],
            options={
                'db_table': "emergency",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LookRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("account", models.BinaryField()),
                ("day", models.DateField()),
                ("by", models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.officerrow"
            )),
                ("referral", models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.referralrow",
            )),
            ],
            options={
                'db_table': "look",
                'indexes': [
                    models.Index(fields=["day"], name="look_by_day"),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=("account", "day"), name="look_once_a_day"),
                ],
            },
        ),
        migrations.AddField(
            model_name="referralrow",
            name="authorisation",
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name="referralrow",
            name="counted_look",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="referralrow",
            name="emergency_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referralrow",
            name="removal_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referralrow",
            name="signpost",
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name="decisionrow",
            index=models.Index(fields=["at", "decision"], name="decision_by_day"),
        ),
        migrations.AddIndex(
            model_name="moverow",
            index=models.Index(fields=["at", "move"], name="move_by_day"),
        ),
        migrations.AddIndex(
            model_name="noticerow",
            index=models.Index(
                fields=["settled_at", "kind", "delivery"], name="notice_by_day_settled"
            ),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(
                fields=["logged_at"], include=("counted_look",), name="referral_by_day_logged"
            ),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(
                condition=models.Q(("removal_since__isnull", False)),
                fields=["removal_since"],
                name="referral_removals",
            ),
        ),
        migrations.AddIndex(
            model_name="referralrow",
            index=models.Index(
                condition=models.Q(("emergency_since__isnull", False)),
                fields=["emergency_since"],
                name="referral_emergencies",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removal_since__isnull", True), ("is_removal", True), _connector="OR"
                ),
                name="referral_removal_is_one",
            ),
        ),
    ]
