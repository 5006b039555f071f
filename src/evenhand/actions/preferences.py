"""What officers set for their own pages. Nobody else sees or sets it, and the log does not."""

from evenhand.rules.consultations import PUT_AWAY, Preferences, check_wish
from evenhand.rules.officers import Acting
from evenhand.store.machinery import PreferenceRow


def prefer(wanted: Preferences, *, acting: Acting) -> None:
    """Keep what an officer wants on their own pages."""
    check_wish(wanted.breaks)
    PreferenceRow.objects.update_or_create(
        officer=acting.officer.ref,
        defaults={
            "shortcuts": wanted.shortcuts,
            "break_after_looks": wanted.breaks.after_looks,
            "break_after_minutes": wanted.breaks.after_minutes,
            "quiet_until": wanted.quiet_until,
        },
    )


def put_reminder_away(*, acting: Acting) -> None:
    """Leave an officer alone with a reminder that they have seen; it comes again if they go on."""
    PreferenceRow.objects.filter(officer=acting.officer.ref).update(
        quiet_until=acting.at + PUT_AWAY
    )
