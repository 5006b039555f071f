"""What those who oversee the desk ask of the log."""

from django.db.models import Max

from evenhand.store.log import EntryRow


def newest_number() -> int:
    """Give the number of the newest entry; there are at most as many."""
    return EntryRow.objects.aggregate(newest=Max("number"))["newest"] or 0
