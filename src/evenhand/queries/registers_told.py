"""What the public registers tell, in sentences: on their own pages, and in answers from them."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.scrutiny import Comparisons, Register, ScrutinyInFull, Untrue
from evenhand.rules.public_registers import SCRUTINY
from evenhand.rules.register_changes import Day
from evenhand.store.days import day_in_words


def title(found: ScrutinyInFull) -> str:
    """Name an entry of the register of scrutiny: what it was, and by whom."""
    return _("%(kind)s, %(body)s") % {"kind": _(SCRUTINY[found.kind]), "body": found.body}


def none_found(found: Register) -> Iterator[tuple[str, str]]:
    """Say of each kind without an entry whether somebody said that there was none."""
    for kind, day in found.none.items():
        last = {"day": day_in_words(day)} if day else None
        said = _("None. That was last true on %(day)s.") % last if last else ""
        yield _(SCRUTINY[kind]), said or _("Nobody has said yet whether there was any.")


def untrue(it: Untrue) -> str:
    """Say which “there was none” was found untrue, and by which entry."""
    said = _(
        "%(kind)s: on %(day)s the desk said that there was none by %(by)s. That has been found"
        " untrue: see entry %(number)d."
    )
    return said % {
        "kind": _(SCRUTINY[it.kind]),
        "day": day_in_words(timezone.localtime(it.said_at).date()),
        "by": day_in_words(it.true_on),
        "number": it.number,
    }


def compared(found: Comparisons) -> str:
    """Say how often casework was compared with the log, and what came of it."""
    if found.last_at is None:
        return _("Casework and log were not compared in the last year.")
    return _(
        "Comparisons of casework with the log in the last year: %(times)d. The last one was on"
        " %(day)s. Differences that it found: %(count)d."
    ) % {
        "times": found.times,
        "day": day_in_words(timezone.localtime(found.last_at).date()),
        "count": found.differences,
    }


def changed(it: Day) -> str:
    """Say what changed in the register of fields on a day, in one line."""
    said = [
        ngettext("%(count)d field added", "%(count)d fields added", len(it.added))
        % {"count": len(it.added)},
        ngettext("%(count)d field removed", "%(count)d fields removed", len(it.removed))
        % {"count": len(it.removed)},
    ]
    return _("%(what)s: %(count)d fields from that day on.") % {
        "what": ", ".join(said),
        "count": it.count,
    }
