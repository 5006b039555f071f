"""Reports from the public in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import called, signposts
from evenhand.queries.public_reports import ReportInFull, ReportLine, ReportLines
from evenhand.rules.intake import Source
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.public_reports import ReportCount, ReportStanding
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.public.worries import WORRIES
from evenhand.web.sheets import as_address, row, words_row
from evenhand.web.words import Words

STANDINGS: Mapping[ReportStanding, labels.Tag] = {
    ReportStanding.WAITING: labels.Tag(later("Not opened yet"), "yellow"),
    ReportStanding.OPENED: labels.Tag(later("Opened"), "blue"),
    ReportStanding.LOGGED: labels.Tag(later("Logged"), "grey"),
    ReportStanding.JOINED: labels.Tag(later("Joined to a referral"), "grey"),
    ReportStanding.SET_ASIDE: labels.Tag(later("Set aside"), "grey"),
    ReportStanding.LAPSED: labels.Tag(later("Erased unsettled"), "grey"),
    ReportStanding.SIGNPOSTED: labels.Tag(later("Sent elsewhere"), "grey"),
}
LATE = labels.Tag(later("Late: not opened for a week"), "red")
DANGER = labels.Tag(later("Somebody is in danger now"), "red")
COUNTS: Mapping[ReportCount, Words] = {
    ReportCount.RECEIVED: later("Received"),
    ReportCount.SIGNPOSTED: later("Sent to the Internet Watch Foundation at the door"),
    ReportCount.LOGGED: later("Logged as a referral"),
    ReportCount.JOINED: later("Joined to a referral"),
    ReportCount.SET_ASIDE: later("Set aside"),
    ReportCount.LAPSED_UNREAD: later("Erased after 30 days, never opened"),
    ReportCount.LAPSED_OPENED: later("Erased after 30 days, opened and not settled"),
    ReportCount.TOLD: later("Reporters told what became of it"),
    ReportCount.NOT_TOLD: later("Reporters who could not be told"),
}


def listed(found: ReportLines, *, today: date) -> Params:
    """List reports, without a word of what was said."""
    names = called({it.platform for it in found.items})
    return {"idPrefix": "report", "items": [_item(it, names, today) for it in found.items]}


def piles(
    lines: Sequence[ReportLine], *, more: bool, today: date
) -> Iterator[Mapping[str, object]]:
    """Give the piles of a worklist: where somebody is in danger, and the rest."""
    names = called({it.platform for it in lines})
    urgent = [_item(it, names, today) for it in lines if it.danger_now]
    rest = [_item(it, names, today) for it in lines if not it.danger_now]
    if urgent:
        title = _("Reports that somebody is in danger now")
        yield {**_pile("reports-danger", title, urgent), "urgent": True}
    if rest:
        if more:
            rest.append(_all_of_them())
        yield {**_pile("reports", _("Reports from the public"), rest), "urgent": False}


def about(found: ReportInFull) -> Params:
    """Say what a report is, and what it says if it is opened."""
    line = found.line
    rows = [
        row(_("Received"), times.moment(line.received_at)),
        row(_("Worried about"), WORRIES[line.worry]),
        row(_("Somebody in danger now"), _("Yes") if line.danger_now else _("No")),
        row(_("Platform"), _named(line.platform, called({line.platform}))),
    ]
    if found.url:
        rows.append({"key": {"text": _("Address")}, "value": {"html": as_address(found.url)}})
        rows.append(words_row(_("What the reporter wrote"), found.why))
    if line.opened_by:
        rows.append(row(_("Opened by"), line.opened_by))
    if found.settled_at:
        rows += _end(found)
    else:
        rows.append(row(_("Erased if nobody settles it by"), times.day(line.erase_on)))
    return {"rows": rows}


def filled(found: ReportInFull) -> dict[str, object]:
    """Fill the form of logging with where it is and how it came; the rest is the officer's."""
    detail = _("Reported at the public door on %(day)s.")
    return {
        "url": found.url,
        "source": Source.PUBLIC_REPORT,
        "source_detail": detail % {"day": times.local_day(found.line.received_at)},
    }


def counted(counts: Mapping[ReportCount, int]) -> Params:
    """Show how many reports came to what."""
    return {"rows": [row(text, f"{counts.get(it, 0):,}") for it, text in COUNTS.items()]}


def _end(found: ReportInFull) -> Iterator[Params]:
    moment = times.moment(found.settled_at) if found.settled_at else ""
    if found.settled_by:
        said = {"moment": moment, "name": found.settled_by}
        yield row(_("Settled"), _("%(moment)s, by %(name)s") % said)
    else:
        yield row(_("Erased"), moment)
    if found.became:
        yield row(_("Referral"), found.became)
    if found.signpost:
        known = signposts().get(found.signpost)
        yield row(_("Who can help instead"), known.title if known else found.signpost)
    if found.reason:
        yield words_row(_("Reason"), found.reason)


def _item(line: ReportLine, names: Mapping[str, str], today: date) -> Params:
    said = {"moment": times.moment(line.received_at), "platform": _named(line.platform, names)}
    tag = _tag(line, today=today)
    return {
        "title": {"text": WORRIES[line.worry]},
        "href": reverse("report", args=[line.id]),
        "hint": {"text": _("%(moment)s, %(platform)s") % said},
        "status": tag.status,
    }


def _tag(line: ReportLine, *, today: date) -> labels.Tag:
    if line.danger_now:
        return DANGER
    is_late = line.standing is ReportStanding.WAITING and today > line.review_on
    return LATE if is_late else STANDINGS[line.standing]


def _all_of_them() -> Params:
    return {
        "title": {"text": _("All reports that wait")},
        "href": reverse("reports"),
        "status": {"text": _("There are more")},
    }


def _pile(anchor: str, title: str, items: Sequence[Params]) -> Mapping[str, object]:
    return {"anchor": anchor, "title": title, "tasks": {"idPrefix": anchor, "items": items}}


def _named(platform: str, names: Mapping[str, str]) -> str:
    """Name a platform; of a site that only this desk knows, a report keeps no name."""
    return _("another site") if platform == ANY_OTHER_SITE else names[platform]
