"""The casework tables, as the models describe them."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import evenhand.store.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("store", "0001_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("officer", models.UUIDField(null=True)),
                ("form", models.TextField()),
                ("wrapped_key", models.BinaryField()),
                ("answers", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."draft"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='EntryRow',
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("obj", models.UUIDField(null=True)),
                ("ver", models.IntegerField(null=True)),
                ("leaf", models.BinaryField()),
                ("leaf_hash", models.BinaryField()),
            ],
            options={
                'db_table': "entry",
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='RepeatRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("officer", models.UUIDField()),
                ("key_digest", models.BinaryField()),
                ("request_digest", models.BinaryField()),
                ("status", models.SmallIntegerField(null=True)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("answer", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."repeat"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='IndexKeyRow',
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                'db_table': "index_key",
            },
        ),
        migrations.CreateModel(
            name='RecordKeyRow',
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
            ],
            options={
                'db_table': "record_key",
            },
        ),
        migrations.CreateModel(
            name='OpeningRow',
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="entry",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="store.entryrow",
                    ),
                ),
                ("fields", models.TextField()),
            ],
            options={
                'db_table': "opening",
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='OfficerRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officer",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'db_table': "officer",
                'constraints': [
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "roles__contained_by",
                        [
                            "officer",
                            "approver",
                            "senior_approver",
                            "child_approver",
                            "sharing_officer",
                            "agreement_owner",
                            "records_reviewer",
                            "disposal_releaser",
                            "rights_officer",
                            "dpo",
                            "equality_lead",
                            "senior_owner",
                            "overseer",
                            "administrator",
                        ],
                    ),
                    ("roles__len__gt", 0),
                ),
                name="officer_has_known_roles",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReferralRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(unique=True)),
                ("reference", models.TextField(unique=True)),
                ("version", models.IntegerField(default=1)),
                ("state", models.TextField(default="logged")),
                ("state_since", models.DateTimeField()),
                ("platform", models.TextField()),
                ("url", evenhand.store.fields.SealedField(null=True)),
                ("canonical_url", evenhand.store.fields.SealedField(null=True)),
                ("content_id", evenhand.store.fields.SealedField(null=True)),
                ("same_content", models.BinaryField(null=True)),
                ("source", models.TextField()),
                ("source_detail", evenhand.store.fields.SealedField(null=True)),
                ("public_without_login", models.BooleanField()),
                ("observed_at", models.DateTimeField()),
                ("content_type", models.TextField()),
                ("language", models.TextField()),
                ("description", evenhand.store.fields.SealedField(null=True)),
                ("logged_at", models.DateTimeField()),
                ("triage", models.TextField(null=True)),
                ("harm", models.TextField(null=True)),
                ("terms_only", models.BooleanField(default=False)),
                ("child", models.BooleanField(default=False)),
                ("assessed_at", models.DateTimeField(null=True)),
                (
                    "assessors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("in_the_post", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                ("last_message_at", models.DateTimeField(null=True)),
                ("chases", models.SmallIntegerField(default=0)),
                ("platform_status", models.TextField(default="none_yet")),
                ("last_seen", models.TextField(null=True)),
                ("is_removal", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reported_to", models.TextField(null=True)),
                ("reported_reference", evenhand.store.fields.SealedField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="store.referralrow",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.recordkeyrow"
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
            ],
            options={
                'db_table': "referral",
                'indexes': [
                    models.Index(fields=["state", "-number"], name="referral_by_state"),
                    models.Index(fields=["state", "state_since"], name="referral_waiting"),
                    models.Index(
                fields=["owner", "state", "state_since"], name="referral_waiting_for"
            ),
                    models.Index(fields=["platform", "-number"], name="referral_by_platform"),
                    models.Index(fields=["harm", "-number"], name="referral_by_harm"),
                    models.Index(fields=["same_content"], name="referral_by_content"),
                ],
                'constraints': [
                    models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(
                        models.Q(("approved_by", models.F("logged_by")), _negated=True),
                        models.Q(("assessors__contains", [models.F("approved_by")]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_approved_by_a_second_officer",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "acknowledged",
                                "approved",
                                "checked",
                                "decided",
                                "no_response",
                                "sent",
                                "undeliverable",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("approved_by__isnull", False),
                    _connector="OR",
                ),
                name="referral_goes_nowhere_without_approval",
            ),
                    models.CheckConstraint(
                condition=models.Q(("public_without_login", True)),
                name="referral_of_public_content_only",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "acknowledged",
                            "approved",
                            "assessing",
                            "awaiting_approval",
                            "checked",
                            "closed",
                            "decided",
                            "duplicate",
                            "logged",
                            "no_response",
                            "not_for_us",
                            "not_referred",
                            "reopened",
                            "returned",
                            "sent",
                            "statutory_route",
                            "triaged",
                            "undeliverable",
                            "withdrawn",
                        ],
                    )
                ),
                name="referral_state_is_known",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name='AssessmentRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("number", models.SmallIntegerField()),
                ("harm", models.TextField()),
                (
                    "also_harms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("ground", models.TextField()),
                ("provision", evenhand.store.fields.SealedField(null=True)),
                ("provision_why", evenhand.store.fields.SealedField(null=True)),
                ("policy_clause", evenhand.store.fields.SealedField(null=True)),
                ("policy_version", evenhand.store.fields.SealedField(null=True)),
                ("policy_why", evenhand.store.fields.SealedField(null=True)),
                ("evidence_inside", evenhand.store.fields.SealedField(null=True)),
                ("evidence_outside", evenhand.store.fields.SealedField(null=True)),
                ("supports_opposite", evenhand.store.fields.SealedField(null=True)),
                (
                    "expression",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("expression_weighing", evenhand.store.fields.SealedField(null=True)),
                ("less_intrusive", evenhand.store.fields.SealedField(null=True)),
                ("necessity", evenhand.store.fields.SealedField(null=True)),
                ("child", models.TextField()),
                ("child_interests", evenhand.store.fields.SealedField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.officerrow",
                    ),
                ),
                ("referral", models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="store.referralrow",
            )),
            ],
            options={
                'db_table': "assessment",
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(
                fields=("referral", "number"), name="assessment_numbered_once"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name='NoticeRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("transport", models.TextField()),
                ("recipient", evenhand.store.fields.SealedField(null=True)),
                ("message", evenhand.store.fields.SealedField(null=True)),
                ("message_sha256", models.BinaryField()),
                ("delivery", models.TextField()),
                ("attempts", models.SmallIntegerField(default=0)),
                ("failure", models.TextField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
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
                'db_table': "notice",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MoveRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("move", models.TextField()),
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
                'db_table': "move",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("decision", models.TextField()),
                ("reason", evenhand.store.fields.SealedField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.assessmentrow"
                    ),
                ),
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
                'db_table': "decision",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CheckRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("seen", models.TextField()),
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
                'db_table': "recheck",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnswerRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("outcome", models.TextField(null=True)),
                ("their_reference", evenhand.store.fields.SealedField(null=True)),
                ("ground_relied_on", evenhand.store.fields.SealedField(null=True)),
                ("statement_of_reasons", evenhand.store.fields.SealedField(null=True)),
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
                'db_table': "answer",
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RefusedIntakeRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("rule", models.TextField()),
                ("count", models.IntegerField(default=0)),
            ],
            options={
                'db_table': "refused_intake",
                'constraints': [
                    models.UniqueConstraint(
                        fields=("day", "rule"), name="refused_intake_one_row_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name='SignOffRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("platform", models.TextField()),
                ("transport", models.TextField()),
                ("contact", evenhand.store.fields.SealedField()),
                ("basis", evenhand.store.fields.SealedField()),
                ("signed_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.recordkeyrow"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="store.officerrow"
                    ),
                ),
            ],
            options={
                'db_table': "sign_off",
                'constraints': [
                    models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("platform",),
                name="sign_off_one_current_for_a_platform",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name='TokenRow',
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
                ("may_decide", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to="store.officerrow",
                    ),
                ),
            ],
            options={
                'db_table': "token",
            },
        ),
        migrations.CreateModel(
            name='WordsRow',
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(unique=True)),
                (
                    "tokens",
                    evenhand.store.fields.TokensField(
                        base_field=models.BinaryField(), default=list, size=None
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="store.referralrow",
                    ),
                ),
            ],
            options={
                'db_table': "words",
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["tokens"], name="words_by_token"
            ),
                ],
            },
        ),
    ]
