"""What is held back by law is looked at again; and quarantine is searched for who asks."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql" / "rights_reviews.sql"


class Migration(migrations.Migration):
    """One table, one more letter and standing; and keyed hashes of whom an old record names."""

    dependencies = [("store", "0108_assessed")]

    operations = [
        migrations.CreateModel(
            name='RightsReviewRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('outcome', models.TextField()),
                ('review_on', models.DateField(null=True)),
                ('reasons', evenhand.store.fields.SealedField()),
                ('standing', models.TextField(default='proposed')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', evenhand.store.fields.SealedField(null=True)),
            ],
            options={
                'db_table': 'rights_review',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='rightsletterrow',
            name='rights_letter_replies_with_an_outcome',
        ),
        migrations.RemoveConstraint(
            model_name='rightsletterrow',
            name='rights_letter_answered_by_a_second_officer',
        ),
        migrations.RemoveConstraint(
            model_name='rightsletterrow',
            name='rights_letter_is_of_a_known_kind',
        ),
        migrations.RemoveConstraint(
            model_name='rightsrequestrow',
            name='rights_request_ends_with_a_reply',
        ),
        migrations.AddField(
            model_name='rightsmarkrow',
            name='lifted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rightsmarkrow',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['acknowledgement', 'clarification', 'extension', 'fee', 'further', 'identity', 'reply', 'withdrawal']), ('standing__in', ['approved', 'proposed', 'returned', 'sent'])), name='rights_letter_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'reply')), ('because__isnull', False), ('outcome__in', ['given', 'given_in_part', 'granted', 'granted_in_part', 'nothing_to_give', 'refused', 'unfounded']), ('outcome__isnull', False)), models.Q(('kind', 'further'), ('because__isnull', False), ('outcome__isnull', True)), models.Q(models.Q(('kind', 'reply'), _negated=True), models.Q(('kind', 'further'), _negated=True), ('answered_by__isnull', True), ('outcome__isnull', True)), _connector='OR'), name='rights_letter_replies_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('kind', 'reply'), _negated=True), models.Q(('kind', 'further'), _negated=True)), ('standing', 'proposed'), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('by')), _negated=True)), _connector='OR'), name='rights_letter_answered_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'further'), ('standing__in', ('proposed', 'approved'))), fields=('request',), name='rights_letter_one_further_waits'),
        ),
        migrations.AddConstraint(
            model_name='rightsmarkrow',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at__isnull', False), ('told_at__isnull', True), _connector='OR'), name='rights_mark_is_told_once_lifted'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing', 'open')), ('max_on__isnull', True), ('outcome__isnull', True), ('replied_at__isnull', True), ('review_on__isnull', True), ('told__isnull', True), ('withdrawn_at__isnull', True)), models.Q(('max_on__isnull', False), ('outcome__isnull', True), ('replied_at__isnull', True), ('review_on__isnull', False), ('standing', 'withdrawn'), ('told__isnull', False), ('withdrawn_at__isnull', False)), models.Q(('max_on__isnull', False), ('outcome__in', ['given', 'given_in_part', 'granted', 'granted_in_part', 'nothing_to_give', 'refused', 'unfounded']), ('outcome__isnull', False), ('replied_at__isnull', False), ('review_on__isnull', False), ('standing__in', ['lifted', 'replied']), ('told__isnull', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='rights_request_ends_with_a_reply'),
        ),
        migrations.AddField(
            model_name='rightsreviewrow',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsreviewrow',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddField(
            model_name='rightsreviewrow',
            name='mark',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='store.rightsmarkrow'),
        ),
        migrations.AddField(
            model_name='rightsreviewrow',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.personrow'),
        ),
        migrations.AddField(
            model_name='rightsreviewrow',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='store.rightsrequestrow'),
        ),
        migrations.AddConstraint(
            model_name='rightsreviewrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'kept'), ('review_on__isnull', False)), models.Q(('outcome', 'lifted'), ('review_on__isnull', True)), _connector='OR'), name='rights_review_keeps_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='rightsreviewrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('answered_at__isnull', True), ('answered_by__isnull', True), ('standing', 'proposed')), models.Q(('answer__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False), ('standing__in', ['confirmed', 'returned'])), _connector='OR'), name='rights_review_is_answered_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='rightsreviewrow',
            constraint=models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR'), name='rights_review_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='rightsreviewrow',
            constraint=models.UniqueConstraint(condition=models.Q(('standing', 'proposed')), fields=('mark',), name='rights_review_waits_once'),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='tokens',
            field=evenhand.store.fields.TokensField(base_field=models.BinaryField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='rightssearchrow',
            name='in_quarantine',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='importedrow',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['tokens'], name='import_row_by_token'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.CheckConstraint(condition=models.Q(('key__isnull', False), ('tokens', []), _connector='OR'), name='import_row_is_found_only_while_it_has_words'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
