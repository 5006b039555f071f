"""Why a person's record is to be erased without a request, and that nothing but that ends it."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "duty.sql"


class Migration(migrations.Migration):
    """The duty to erase, and its guard."""

    dependencies = [("store", "0032_traces")]

    operations = [
        migrations.AddField(
            model_name='personrow',
            name='erase_because',
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='personrow',
            constraint=models.CheckConstraint(condition=models.Q(('erase_because__isnull', True), ('erase_because__in', ['basis_expired', 'not_suspected', 'policy_lapsed', 'review_failed']), _connector='OR'), name='person_erased_for_a_known_reason'),
        ),
        migrations.AddIndex(
            model_name='personrow',
            index=models.Index(condition=models.Q(('erase_because__isnull', False)), fields=['review_on'], name='person_to_erase'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
