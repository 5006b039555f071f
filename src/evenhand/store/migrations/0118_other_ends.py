"""A request about data whose person cannot be reached ends; and so does a review that is withdrawn."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import evenhand.store.fields

SQL = Path(__file__).parent.parent / "sql"
FILES = ("rights_unreached.sql", "foi_review_withdrawn.sql")


class Migration(migrations.Migration):
    """Three columns, and one more standing of requests and of letters."""

    dependencies = [("store", "0117_told")]

    operations = [
        migrations.RemoveConstraint(
            model_name='rightsletterrow',
            name='rights_letter_is_of_a_known_kind',
        ),
        migrations.RemoveConstraint(
            model_name='rightsrequestrow',
            name='rights_request_ends_with_a_reply',
        ),
        migrations.AddField(
            model_name='rightsrequestrow',
            name='tried',
            field=evenhand.store.fields.SealedField(null=True),
        ),
        migrations.AddField(
            model_name='rightsrequestrow',
            name='unreached_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rightsrequestrow',
            name='unreached_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow'),
        ),
        migrations.AddConstraint(
            model_name='rightsletterrow',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['acknowledgement', 'clarification', 'extension', 'fee', 'further', 'identity', 'reply', 'withdrawal']), ('standing__in', ['approved', 'proposed', 'returned', 'sent', 'undelivered'])), name='rights_letter_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('standing', 'open')), ('max_on__isnull', True), ('outcome__isnull', True), ('replied_at__isnull', True), ('review_on__isnull', True), ('told__isnull', True), ('withdrawn_at__isnull', True)), models.Q(('max_on__isnull', False), ('outcome__isnull', True), ('replied_at__isnull', True), ('review_on__isnull', False), ('standing', 'withdrawn'), ('told__isnull', False), ('withdrawn_at__isnull', False)), models.Q(('max_on__isnull', False), ('outcome__in', ['given', 'given_in_part', 'granted', 'granted_in_part', 'nothing_to_give', 'refused', 'unfounded']), ('outcome__isnull', False), ('replied_at__isnull', False), ('review_on__isnull', False), ('standing__in', ['lifted', 'replied', 'unreached']), ('told__isnull', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='rights_request_ends_with_a_reply'),
        ),
        migrations.AddConstraint(
            model_name='rightsrequestrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'unreached'), ('tried__isnull', False), ('unreached_at__isnull', False), ('unreached_by__isnull', False)), models.Q(models.Q(('standing', 'unreached'), _negated=True), ('tried__isnull', True), ('unreached_at__isnull', True), ('unreached_by__isnull', True)), _connector='OR'), name='rights_request_says_who_could_not_be_reached'),
        ),
        *(
            migrations.RunSQL(
                (SQL / it).read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
            )
            for it in FILES
        ),
    ]
