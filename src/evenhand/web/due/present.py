"""What is due, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.due import DueLine, DuePage
from evenhand.queries.platforms import called
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.clocks import latest_put_off
from evenhand.rules.officers import Acting
from evenhand.web import labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params
from evenhand.web.due.forms import PUT_OFF
from evenhand.web.due.sentences import how_overdue, next_step, postponed
from evenhand.web.fields import Option
from evenhand.web.sheets import Sheet, standing

Results = Mapping[str, Sequence[str]]


def overdue(found: DuePage, asked: str, *, now: datetime) -> Mapping[str, object]:
    """Show what is overdue or put off, and the way to the next page."""
    query = {"step": asked} if asked else {}
    names = called({it.platform for it in found.lines})
    return {
        "found": {"idPrefix": "due", "items": [_item(it, names, now) for it in found.lines]},
        "is_put_off": asked == PUT_OFF,
        "pages": _more({**query, "cursor": found.next}) if found.next else None,
        "first": f"?{urlencode(query)}",
    }


def reminders(found: DuePage, names: Mapping[str, str], cursor: str) -> Mapping[str, object]:
    """Show the ways around a page of reminders, and those that go by the platform's own form.

    ``names`` are those of the platforms, by their codes.
    """
    by_form = [it for it in found.lines if it.by_form]
    return {
        "count": len(found.lines) - len(by_form),
        "by_form": {"idPrefix": "form", "items": [_by_form(it, names) for it in by_form]},
        "pages": _more({"cursor": found.next}) if found.next else None,
        "all": f"?{urlencode({'cursor': cursor, 'all': '1'})}",
    }


def choices(found: DuePage, names: Mapping[str, str]) -> list[Option]:
    """Offer the referrals that may be reminded of by e-mail now, at the versions shown."""
    return [
        Option(
            f"{it.reference}/{it.version}",
            _named(it, names),
            " \u00b7 ".join(_facts(it, _reminder(it))),
        )
        for it in found.lines
        if not it.by_form
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one reminder, as the page shows it."""

    reference: str
    tag: labels.Tag
    sentences: Sequence[str]


def results(kept: Results) -> Mapping[str, object]:
    """Say what came of each reminder that was sent in one go."""
    shown = [_result(reference, said) for reference, said in kept.items()]
    sent = sum(not said for said in kept.values())
    title = ngettext(
        "%(count)d reminder is on its way", "%(count)d reminders are on their way", sent
    )
    refused = ngettext(
        "%(count)d reminder was not sent. Nothing was changed there.",
        "%(count)d reminders were not sent. Nothing was changed there.",
        len(kept) - sent,
    )
    return {
        "title": title % {"count": sent},
        "refused": refused % {"count": len(kept) - sent} if len(kept) > sent else "",
        "results": shown,
    }


def put_off(referral: ReferralInFull, acting: Acting) -> Mapping[str, object]:
    """Say what is put off, and how far it may be."""
    today = settings.CLOCKS.calendar.day_of(acting.at)
    last = latest_put_off(today, settings.CLOCKS)
    sheet = Sheet(
        title=_("Put the next step off"),
        button=_("Put it off"),
        lines=(
            next_step(referral, acting.at),
            _("Choose a working day, no later than %(day)s.") % {"day": times.day(last)},
            _("It comes back on that day. Anything done with the referral ends the wait sooner."),
        ),
    )
    return {"sheet": sheet, "standing": standing(referral)}


def _more(query: Mapping[str, object]) -> Params:
    return {"next": {"href": f"?{urlencode(query)}", "text": _("Next page")}}


def _item(line: DueLine, names: Mapping[str, str], now: datetime) -> Params:
    lines = [" \u00b7 ".join(_facts(line, how_overdue(line))), postponed(line, now)]
    return {
        "title": {"text": _named(line, names)},
        "href": of_referral(line.reference),
        "hint": {"html": format_html_join(SafeString("<br>"), "{}", ((it,) for it in lines if it))},
        "status": labels.Tag(labels.NEXT_STEPS[line.step], "orange").status,
    }


def _by_form(line: DueLine, names: Mapping[str, str]) -> Params:
    return {
        "title": {"text": _named(line, names)},
        "href": reverse("chase_by_form", args=[line.reference]),
        "hint": {"text": " \u00b7 ".join(_facts(line, _reminder(line)))},
        "status": labels.Tag(_("By its form"), "blue").status,
    }


def _named(line: DueLine, names: Mapping[str, str]) -> str:
    return f"{line.reference} {names[line.platform]}"


def _facts(line: DueLine, clock: str) -> list[str]:
    owner = _("kept going by %(name)s") % {"name": line.owner}
    harm = [labels.harm_name(line.harm)] if line.harm else []
    return [clock, *harm, owner]


def _reminder(line: DueLine) -> str:
    return _("%(due)s, reminder %(number)d of %(most)d") % {
        "due": how_overdue(line),
        "number": line.chases + 1,
        "most": settings.DESK.chases_before_silence,
    }


def _result(reference: str, said: Sequence[str]) -> Result:
    if said:
        return Result(reference, labels.Tag(_("Not sent"), "red"), said)
    return Result(reference, labels.Tag(_("On its way"), "green"), ())
