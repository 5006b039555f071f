"""What a correction of a reply leaves possible, and who decides on what instructions."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "after_an_error.sql"


class Migration(migrations.Migration):
    """Functions and triggers, and three more steps."""

    dependencies = [("store", "0121_asked_once")]

    operations = [
        migrations.RemoveConstraint(model_name="foisteprow", name="foi_step_is_of_a_known_kind"),
        migrations.AddConstraint(
            model_name="foisteprow",
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['clarification_asked', 'clarification_answered', 'fee_asked', 'fee_paid', 'extended', 'not_valid', 'transferred', 'withdrawn', 'lapsed', 'review_asked', 'reviewed', 'review_upheld', 'review_withdrawn', 'error_found', 'error_withdrawn', 'commissioner_asked', 'commissioner_decided', 'commissioner_done'])), name='foi_step_is_of_a_known_kind'),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
    ]
