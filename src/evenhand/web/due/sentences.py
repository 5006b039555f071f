"""The desk's clocks in sentences: by when a step is due, and whether it may wait."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from evenhand.queries.due import DueLine
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.clocks import NextStep, check_can_wait
from evenhand.rules.triage import is_emergency
from evenhand.web import labels, times

TICK = timedelta(microseconds=1)


def check_can_wait_now(referral: ReferralInFull, now: datetime) -> None:
    """Refuse to put off what cannot wait, before a day is asked for."""
    check_can_wait(
        referral.standing,
        referral.times,
        emergency=is_emergency(referral.triage, recorded=bool(referral.first_look.emergencies)),
        before=sum(it.at >= referral.standing.since for it in referral.waiting.snoozes),
        today=referral.times.calendar.day_of(now),
    )


def next_step(referral: ReferralInFull, now: datetime) -> str:
    """Say what is to be done next and by when; nothing where nothing is."""
    step, due = referral.standing.step, referral.waiting.due_at
    if step is None or due is None:
        return ""
    if referral.waiting.put_off_until and due > now:
        last = referral.waiting.snoozes[-1]
        return _("Next step: %(step)s. Put off until %(day)s, by %(name)s.") % {
            "step": labels.NEXT_STEPS[step],
            "day": times.day(last.until),
            "name": last.by,
        }
    said = _("Next step: %(step)s, %(due)s.") % {
        "step": labels.NEXT_STEPS[step],
        "due": _due(step, due, put_off=bool(referral.waiting.put_off_until)),
    }
    return f"{said} {_('It is overdue.')}" if due <= now else said


def how_overdue(line: DueLine) -> str:
    """Say since when a step is due."""
    return _due(line.step, line.due_at, put_off=line.postponed is not None)


def postponed(line: DueLine, now: datetime) -> str:
    """Say until when a step is, or was, put off, by whom, and by when it was due before."""
    if line.postponed is None:
        return ""
    values = {"day": times.day(line.postponed.until), "name": line.postponed.by}
    if line.due_at <= now:
        return _("Was put off until %(day)s by %(name)s") % values
    before = line.postponed.was_due_at
    was = _due(line.step, before, put_off=False) if before else ""
    return _("Put off until %(day)s by %(name)s; before that %(was)s") % {**values, "was": was}


def _due(step: NextStep, at: datetime, *, put_off: bool) -> str:
    """Name the day: the last one of a step, the first one of a reminder or of what was put off."""
    if step is NextStep.CHASE or put_off:
        return _("due from %(day)s") % {"day": times.local_day(at)}
    return _("due by %(day)s") % {"day": times.local_day(at - TICK)}
