"""A certificate of what a restored backup still held, and was disposed of again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody decides to dispose of again what was disposed of: such a certificate names nobody."""

    dependencies = [("store", "0028_failures")]
    operations = [
        migrations.RemoveConstraint(
            model_name='disposalrow',
            name='disposal_by_two_or_past_its_time',
        ),
        migrations.AddConstraint(
            model_name='disposalrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because__in', ['reviewed', 'last_day']), ('proposed_by__isnull', False), ('released_by__isnull', False), models.Q(('released_by', models.F('proposed_by')), _negated=True)), models.Q(('because', 'not_released'), ('max_on__lt', models.F('day')), ('proposed_by__isnull', True), ('released_by__isnull', True)), models.Q(('because', 'restored'), ('proposed_by__isnull', True), ('released_by__isnull', True)), _connector='OR'), name='disposal_by_two_or_past_its_time'),
        ),
    ]
