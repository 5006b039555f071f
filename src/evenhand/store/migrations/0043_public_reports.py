"""Reports from the public, and apart from them how the reporters are reached."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "public_reports.sql"


class Migration(migrations.Migration):
    """Reports, contacts apart, counts, and who was at a public door within the hour."""

    dependencies = [
        ('store', '0042_telling'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnockRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('door', models.TextField()),
                ('caller', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."knock"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PublicReportRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('receipt', models.BinaryField(unique=True)),
                ('day', models.DateField()),
                ('received_at', models.DateTimeField()),
                ('schedule', models.TextField(default='D24')),
                ('review_on', models.DateField()),
                ('max_on', models.DateField()),
                ('answers_until', models.DateField()),
                ('standing', models.TextField()),
                ('platform', models.TextField()),
                ('worry', models.TextField()),
                ('danger_now', models.BooleanField()),
                ('public_without_login', models.BooleanField(default=True)),
                ('url', evenhand.store.fields.SealedField(null=True)),
                ('why', evenhand.store.fields.SealedField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('signpost', models.TextField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('became', models.UUIDField(null=True)),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'public_report',
            },
        ),
        migrations.CreateModel(
            name='ReportCountRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('what', models.TextField()),
                ('count', models.IntegerField(default=0)),
            ],
            options={
                'db_table': 'public_report_count',
                'constraints': [models.UniqueConstraint(fields=('day', 'what'), name='public_report_count_once_a_day'), models.CheckConstraint(condition=models.Q(('count__gte', 0)), name='public_report_count_counts')],
            },
        ),
        migrations.CreateModel(
            name='ReporterContactRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('schedule', models.TextField(default='D09')),
                ('day', models.DateField()),
                ('last_on', models.DateField()),
                ('language', models.TextField()),
                ('email', evenhand.store.fields.SealedField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact', to='store.publicreportrow')),
            ],
            options={
                'db_table': 'reporter_contact',
            },
        ),
        migrations.AddIndex(
            model_name='publicreportrow',
            index=models.Index(condition=models.Q(('standing__in', ['opened', 'waiting'])), fields=['-danger_now', 'received_at', 'id'], name='public_report_waiting'),
        ),
        migrations.AddIndex(
            model_name='publicreportrow',
            index=models.Index(condition=models.Q(('standing__in', ['opened', 'waiting'])), fields=['max_on'], name='public_report_to_erase'),
        ),
        migrations.AddIndex(
            model_name='publicreportrow',
            index=models.Index(fields=['answers_until'], name='public_report_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['waiting', 'opened', 'logged', 'joined', 'set_aside', 'lapsed', 'signposted']), ('worry__in', ['violence', 'exploitation', 'weapons', 'harassment', 'hatred', 'terrorism', 'child_abuse_imagery', 'grooming', 'intimate_images', 'drugs', 'fraud', 'self_harm', 'other'])), name='public_report_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(('public_without_login', True)), name='public_report_of_public_content_only'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(('schedule', 'D24'), ('review_on__gte', models.F('day')), ('max_on__gte', models.F('review_on')), ('answers_until__gte', models.F('max_on'))), name='public_report_is_on_the_schedule'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing__in', ['opened', 'waiting'])), ('key__isnull', False), ('reason__isnull', True), ('url__isnull', False), ('why__isnull', False)), models.Q(models.Q(('standing__in', ['opened', 'waiting']), _negated=True), ('url__isnull', True), ('why__isnull', True), models.Q(models.Q(('key', None), ('reason', None)), models.Q(('key__isnull', False), ('reason__isnull', False)), _connector='OR')), _connector='OR'), name='public_report_words_go_when_it_is_settled'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'signposted'), ('worry', 'child_abuse_imagery')), models.Q(models.Q(('standing', 'signposted'), _negated=True), models.Q(('worry', 'child_abuse_imagery'), _negated=True)), _connector='OR'), name='public_report_of_child_abuse_imagery_holds_nothing'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_by__isnull', False), ('settled_at__isnull', False), ('settled_by__isnull', False), ('standing__in', ['joined', 'logged', 'set_aside'])), models.Q(models.Q(('standing__in', ['joined', 'logged', 'set_aside']), _negated=True), ('became__isnull', True), ('reason__isnull', True), ('settled_by__isnull', True)), _connector='OR'), name='public_report_settled_by_an_officer'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('became__isnull', False), ('standing__in', ['joined', 'logged'])), models.Q(models.Q(('standing__in', ['joined', 'logged']), _negated=True), ('became__isnull', True)), _connector='OR'), name='public_report_taken_up_as_a_referral'),
        ),
        migrations.AddConstraint(
            model_name='publicreportrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason__isnull', False), ('standing', 'set_aside')), models.Q(models.Q(('standing', 'set_aside'), _negated=True), ('reason', None), ('signpost', None)), _connector='OR'), name='public_report_set_aside_for_a_reason'),
        ),
        migrations.AddIndex(
            model_name='reportercontactrow',
            index=models.Index(fields=['day', 'id'], name='reporter_contact_oldest'),
        ),
        migrations.AddIndex(
            model_name='reportercontactrow',
            index=models.Index(fields=['last_on'], name='reporter_contact_to_go'),
        ),
        migrations.AddConstraint(
            model_name='reportercontactrow',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('day')), ('schedule', 'D09')), name='reporter_contact_is_on_the_schedule'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
