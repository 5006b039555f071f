"""Platform profiles and portal sheets."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields


class Migration(migrations.Migration):
    """Platform profiles and portal sheets."""

    dependencies = [("store", "0005_triage")]
    operations = [
        migrations.CreateModel(
            name='PlatformVersionRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("platform", models.TextField()),
                ("number", models.IntegerField()),
                ("document", evenhand.store.fields.SealedField()),
                ("first_chase_days", models.SmallIntegerField(null=True)),
                ("chase_gap_days", models.SmallIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.recordkeyrow"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.officerrow"
                    ),
                ),
            ],
            options={
                'db_table': "platform_version",
                'constraints': [
                    models.UniqueConstraint(
                        fields=("platform", "number"), name="platform_version_numbered_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("platform",),
                        name="platform_version_one_current",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="signoffrow", name="sign_off_one_current_for_a_platform"
        ),
        migrations.AddConstraint(
            model_name="signoffrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("platform", "transport"),
                name="sign_off_one_current_for_a_platform",
            ),
        ),
        migrations.AddField(
            model_name="noticerow",
            name="their_reference",
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name="noticerow",
            name="witness",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.officerrow",
            ),
        ),
        migrations.AddField(
            model_name="noticerow",
            name="witness_initials",
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddConstraint(
            model_name="noticerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("transport", "portal"), _negated=True),
                    models.Q(
                        ("witness__isnull", False),
                        models.Q(("witness", models.F("by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="notice_by_hand_has_a_witness",
            ),
        ),
    ]
