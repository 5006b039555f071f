"""What the list of referrals is filtered by, and saved lists."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the list of referrals is filtered by, and saved lists.

    A ground is kept with the referral from its next assessment on.
    """

    dependencies = [("store", "0003_review")]
    operations = [
        migrations.CreateModel(
            name='SavedListRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('officer', models.UUIDField()),
                ('wrapped_key', models.BinaryField()),
                ('filters', models.BinaryField()),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'db_table': '"machinery"."saved_list"',
                'managed': False,
            },
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_by_state',
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_by_platform',
        ),
        migrations.RemoveIndex(
            model_name='referralrow',
            name='referral_by_harm',
        ),
        migrations.AddField(
            model_name='referralrow',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='referralrow',
            name='ground',
            field=models.TextField(null=True),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='approved_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='assessed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='duplicate_of',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='store.referralrow'),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='logged_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='owner',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AlterField(
            model_name='referralrow',
            name='reference',
            field=models.TextField(),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('duplicate_of__isnull', False)), fields=['duplicate_of'], name='referral_duplicates'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='referral_by_due'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('number__gt', 0)), fields=['logged_at', 'number'], name='referral_by_time'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['state', 'logged_at', 'number'], name='referral_by_state'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['platform', 'logged_at', 'number'], name='referral_by_platform'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('harm__isnull', False)), fields=['harm', 'logged_at', 'number'], name='referral_by_harm'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(condition=models.Q(('platform_status', 'none_yet'), _negated=True), fields=['platform_status', 'logged_at', 'number'], name='referral_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['logged_by', 'logged_at', 'number'], name='referral_by_logger'),
        ),
        migrations.AddIndex(
            model_name='referralrow',
            index=models.Index(fields=['owner', 'logged_at', 'number'], name='referral_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='referralrow',
            constraint=models.UniqueConstraint(fields=('reference',), name='referral_reference_once'),
        ),
        migrations.RunSQL(
            "CREATE TABLE machinery.saved_list ("
            " id uuid PRIMARY KEY, officer uuid NOT NULL, wrapped_key bytea NOT NULL,"
            " filters bytea NOT NULL, saved_at timestamptz NOT NULL);"
            "CREATE INDEX saved_list_of_officer ON machinery.saved_list (officer, saved_at);",
            reverse_sql="DROP TABLE machinery.saved_list;",
        ),
    ]
