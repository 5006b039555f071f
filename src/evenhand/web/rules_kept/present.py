"""The rules of the desk, grouped by what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.rules.catalogue import Rule
from evenhand.rules.clocks_law import Clock, Length
from evenhand.web.components import Params, render
from evenhand.web.labels import Tag
from evenhand.web.law_clocks import verified_tag
from evenhand.web.words import Words

ROOMS: Mapping[str, Words] = {
    "content": later("What may be referred"),
    "intake": later("Logging"),
    "looks": later("How often an account is looked at"),
    "public": later("The doors that anyone may use"),
    "triage": later("The first look, and a life at risk"),
    "harms": later("Harms"),
    "assessments": later("Assessing"),
    "referrals": later("Deciding, and how a referral moves"),
    "notices": later("Sending to a platform"),
    "answers": later("Answers and removals"),
    "texts": later("What people write"),
    "officers": later("Officers and roles"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as it is read."""

    code: str
    sentence: str
    clause: str
    tag: Params


@dataclass(frozen=True, slots=True)
class Room:
    """The rules of one subject."""

    title: Words
    rules: list[Line]


def grouped(rules: Iterable[Rule]) -> list[Room]:
    """Group the rules in the order of casework; what has no group of its own comes last."""
    order = list(ROOMS)

    def place(rule: Rule) -> int:
        return order.index(rule.room) if rule.room in ROOMS else len(order)

    return [
        Room(
            title=ROOMS[order[at]] if at < len(order) else _("Using the service"),
            rules=[_line(rule) for rule in found],
        )
        for at, found in groupby(sorted(rules, key=place), key=place)
    ]


def _line(rule: Rule) -> Line:
    tag = Tag(_("Verified"), "green") if rule.verified else Tag(_("Not verified"), "yellow")
    return Line(rule.code, rule.sentence, rule.clause, tag.params)


def clocks_table(clocks: Mapping[str, Clock]) -> Params:
    """Show the clocks of law, what each is counted by, its source and how far that was read."""
    heads = (_("Clock"), _("For"), _("How long"), _("From"), _("Rests on"), _("Read"))
    return {
        "caption": _("Clocks of law"),
        "captionClasses": "govuk-visually-hidden",
        "firstCellIsHeader": True,
        "head": [{"text": text} for text in heads],
        "rows": [_clock_cells(it) for it in clocks.values()],
    }


def _clock_cells(clock: Clock) -> list[Params]:
    length = _length(clock.length)
    if not clock.is_law:
        length = _("%(length)s, as a service standard") % {"length": length}
    texts = [clock.code, clock.what, length, clock.start, clock.clause]
    return [*({"text": it} for it in texts), {"html": render("tag", verified_tag(clock).params)}]


def _length(length: Length) -> str:
    if length.months:
        return ngettext("%(n)d month", "%(n)d months", length.months) % {"n": length.months}
    if length.working_days:
        days = length.working_days
        return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}
    if length.days:
        return ngettext("%(n)d day", "%(n)d days", length.days) % {"n": length.days}
    return ngettext("%(n)d hour", "%(n)d hours", length.hours) % {"n": length.hours}
