"""Clocks of law in words: every reading of one, whether it is late, and what it rests on."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.clocks_events import Happened
from evenhand.rules.clocks_law import Clock, Due, Status, Text
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.sheets import row
from evenhand.web.words import Words

TEXTS: Mapping[Text, Words] = {
    Text.STATUTE: later("By the words of the law"),
    Text.SHORT_MONTH: later("To the end of a short month"),
    Text.CORRESPONDING: later("To the corresponding day, as the ICO reads it"),
    Text.OLD_PAGE: later("As the ICO’s page of 2023 counted, kept and never used"),
    Text.NEXT_WORKING_DAY: later("If what comes on a day without work is received the next"),
    Text.NOT_COUNTED: later("If the first day itself is not counted"),
    Text.GUIDANCE: later("As guidance asks as a rule"),
    Text.AT_MOST: later("The longest that guidance allows"),
    Text.SERVICE: later("Service standard of this desk; the law gives no length"),
}
WAITS: Mapping[Happened, Words] = {
    Happened.IDENTITY_GIVEN: later("Waiting for proof of who they are"),
    Happened.FEE_PAID: later("Waiting for the fee"),
    Happened.CLARIFICATION_ANSWERED: later("Waiting for what they mean"),
}
STATUSES: Mapping[Status, Tag] = {
    Status.READ: Tag(later("Verified"), "green"),
    Status.SECONDARY: Tag(later("Not verified: read at second hand"), "yellow"),
    Status.MEMORY: Tag(later("Not verified: from memory"), "yellow"),
}


def standing_tag(due: Due, *, today: date) -> Tag:
    """Say how a clock that still runs stands: late, late by one reading, today, or by when."""
    if due.waits_for:
        return Tag(WAITS[due.waits_for], "yellow")
    target, outer = due.target, due.outer
    if target is None:
        return Tag(_("No last day"), "grey")
    if today > (outer or target):
        return Tag(_("Overdue since %(day)s") % {"day": times.day(outer or target)}, "red")
    if today > target:
        return Tag(_("Overdue by one reading of the law"), "red")
    if today == target:
        return Tag(_("Due today"), "orange")
    return Tag(_("Due by %(day)s") % {"day": times.day(target)}, "blue")


def rows(due: Due) -> Iterator[Params]:
    """Give every reading of a clock, the earliest first: that is the one the desk keeps to."""
    if due.waits_for:
        yield row(_("Last day"), WAITS[due.waits_for])
    for reading in sorted(due.readings, key=lambda it: it.on):
        yield row(TEXTS[reading.text], times.day(reading.on))


def verified_tag(clock: Clock) -> Tag:
    """Say how far the words behind a clock were read."""
    return STATUSES[clock.status]
