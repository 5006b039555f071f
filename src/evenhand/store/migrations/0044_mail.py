"""Mail that comes in, sealed, and what names it: answers, notices, referrals."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "mail.sql"


class Migration(migrations.Migration):
    """A message has a referral, or a key of its own and a last day."""

    dependencies = [("store", "0043_public_reports")]

    operations = [
        migrations.CreateModel(
            name='MailboxRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('mailbox', models.TextField(unique=True)),
                ('numbering', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('read_at', models.DateTimeField()),
                ('failure', models.TextField(default='')),
            ],
            options={
                'db_table': '"machinery"."mailbox"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='MailRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('kind', models.TextField()),
                ('status', models.TextField(null=True)),
                ('sender', evenhand.store.fields.SealedField(null=True)),
                ('subject', evenhand.store.fields.SealedField(null=True)),
                ('reason', evenhand.store.fields.SealedField(null=True)),
                ('size', models.BigIntegerField()),
                ('whole', models.BooleanField()),
                ('message_sha256', models.BinaryField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('max_on', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='store.recordkeyrow')),
                ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='store.noticerow')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
                ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailrows', to='store.referralrow')),
            ],
            options={
                'db_table': 'mail',
                'abstract': False,
                'constraints': [
                    models.UniqueConstraint(fields=('message_sha256',), name='mail_kept_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('key__isnull', True), ('max_on__isnull', True), ('referral__isnull', False)), models.Q(('key__isnull', False), ('max_on__isnull', False), ('notice__isnull', True), ('read_by__isnull', True), ('referral__isnull', True)), _connector='OR'), name='mail_has_a_referral_or_a_last_day'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('reason__isnull', True), ('settled_at__isnull', True)), models.Q(('by__isnull', False), ('settled_at__isnull', False), models.Q(('reason__isnull', False), ('referral__isnull', False), _connector='OR')), _connector='OR'), name='mail_is_settled_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('read_at__isnull', True), ('read_by__isnull', True)), models.Q(('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='mail_is_read_by_somebody'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['auto_reply', 'bounce', 'delivery', 'letter'])), name='mail_kind_is_known'),
                ],
                'indexes': [
                    models.Index(condition=models.Q(('by__isnull', True), ('referral__isnull', True)), fields=['at', 'id'], name='mail_waiting'),
                    models.Index(condition=models.Q(('by__isnull', False), ('referral__isnull', True)), fields=['at', 'id'], name='mail_set_aside'),
                    models.Index(condition=models.Q(('read_at__isnull', True), ('referral__isnull', False)), fields=['referral', 'at'], name='mail_not_read'),
                    models.Index(condition=models.Q(('max_on__isnull', False)), fields=['max_on'], name='mail_to_forget'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MailMessageRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('message', evenhand.store.fields.SealedField()),
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='message', to='store.mailrow')),
            ],
            options={
                'db_table': 'mail_message',
            },
        ),
        migrations.AddField(
            model_name='answerrow',
            name='mail',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='store.mailrow'),
        ),
        migrations.AddField(
            model_name='noticerow',
            name='came_back',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='mail_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('mail_since__isnull', False)), fields=['owner', 'mail_since', 'number'], name='referral_with_mail'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
