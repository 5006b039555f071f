"""What stands around every page: the service's name, the way to its rooms, who is signed in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from evenhand.queries import consultations
from evenhand.rules.consultations import Preferences, is_due
from evenhand.rules.officers import MATRIX, Officer, Permission, Role
from evenhand.web import language, times, ways
from evenhand.web.components import Params, render
from evenhand.web.for_everybody import PUBLIC, browser_language, in_language

SERVICE = "Evenhand"


class Room(NamedTuple):
    """One way in the navigation: its words, the page's name in the urls, and who may go there."""

    text: str
    page: str
    needs: Permission | None = None


ROOMS = (
    Room(gettext_noop("Worklist"), "worklist", Permission.ASSESS),
    Room(gettext_noop("Log content"), "log_referral", Permission.LOG),
    Room(gettext_noop("Referrals"), "referrals", Permission.LIST_REFERRALS),
    Room(gettext_noop("Reports"), "reports", Permission.TAKE_REPORT),
    Room(gettext_noop("Challenges"), "challenges", Permission.SETTLE_CHALLENGE),
    Room(gettext_noop("Counts"), "counts", Permission.LIST_REFERRALS),
    Room(gettext_noop("Questions"), "questions", Permission.ASK_QUESTIONS),
    Room(gettext_noop("Platforms"), "platforms", Permission.READ_PLATFORMS),
    Room(gettext_noop("Review and disposal"), "disposal", Permission.LIST_KEPT),
    Room(gettext_noop("Sharing"), "sharing", Permission.READ_AGREEMENTS),
    Room(gettext_noop("Oversight"), "oversight", Permission.OVERSEE),
    Room(gettext_noop("Find a person"), "find_person", Permission.FIND_PERSON),
    Room(gettext_noop("Records to compare"), "pairs", Permission.JOIN_PEOPLE),
    Room(gettext_noop("Requests about data"), "rights", Permission.READ_RIGHTS),
    Room(gettext_noop("Telling people"), "telling", Permission.CONFIRM_NOT_TELLING),
    Room(gettext_noop("What stands out"), "disparity", Permission.READ_DISPARITY),
    Room(gettext_noop("Breaches"), "breaches", Permission.READ_BREACHES),
    Room(gettext_noop("Requests for information"), "foi_requests", Permission.READ_FOI),
    Room(gettext_noop("Documents"), "document_versions", Permission.READ_DOCUMENTS),
    Room(gettext_noop("Training"), "training", Permission.READ_TRAINING),
    Room(gettext_noop("Yearly reports"), "yearly", Permission.READ_DOCUMENTS),
)
LIST = Permission.LIST_REFERRALS
SHORTCUTS = (
    ("g w", gettext_noop("Go to the worklist"), "worklist", "", None),
    ("g l", gettext_noop("Go to the list of referrals"), "referrals", "", LIST),
    ("n", gettext_noop("Log new content"), "log_referral", "", Permission.LOG),
    ("/", gettext_noop("Find a referral"), "referrals", "#id_q", LIST),
    ("g y", gettext_noop("Go to your own page"), "you", "", None),
)
FOOTER = (
    (gettext_noop("About this desk"), "/public/"),
    (gettext_noop("Report public content"), "/public/report"),
    (gettext_noop("Ask about your own data"), "/public/rights"),
    (gettext_noop("Ask for information"), "/public/foi"),
    (gettext_noop("Statistics"), "/public/statistics/"),
    (gettext_noop("Accessibility statement"), "/public/accessibility"),
    (gettext_noop("Using this desk by program"), "/api/v1/docs"),
    (gettext_noop("Contact"), "/public/contact"),
)
"""The ways that are looked for most. Every other public page is listed on the public home."""


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every template what its frame shows. The officer is set by a middleware, or absent."""
    officer: Officer | None = getattr(request, "officer", None)
    preferences: Preferences | None = getattr(request, "preferences", None)
    shown = around(officer, path=request.get_full_path())
    if officer is None or preferences is None:
        return {"frame": shown}
    now = datetime.now(UTC)
    own = {
        "shortcuts": _shortcuts(officer.roles, get_language()) if preferences.shortcuts else "",
        "asked_to_accept": _asked_to_accept(officer),
        "reminder": _reminder(preferences, officer, now=now),
        "printed": _("Shown to %(name)s, %(moment)s.")
        % {"name": officer.name, "moment": times.moment(now)},
    }
    return {"frame": {**shown, **own}}


def around(officer: Officer | None, *, path: str) -> Params:
    """Build the frame; without an officer it touches neither session nor database.

    ``path`` is the page's, with what follows its question mark.
    """
    now, desk = get_language(), settings.DESK
    service = f"{SERVICE} \N{EN DASH} {desk.name}"
    return {
        "service": service,
        "language": now,
        "languages": language.choices(path, officer=officer is not None),
        "officer": officer.name if officer else "",
        "own": _own(now) if officer else None,
        "assets": _assets(),
        "skip": _skip(now),
        "logo": _logo(service),
        "navigation": _navigation(officer, path=path.partition("?")[0]),
        "phase": _phase(now) if desk.demo else "",
        "footer": _footer(now, browser_language(), has_mails=bool(officer) and desk.demo),
    }


def _navigation(officer: Officer | None, *, path: str) -> str:
    """Draw the rooms this officer may enter, or the public pages; where the page is is marked."""
    if officer is None:
        return _public_navigation(path) if path.startswith(PUBLIC) else ""
    rooms = _rooms(officer.roles).values()
    within = [it for it in rooms if it == path or (it != "/" and path.startswith(it))]
    return _officers_navigation(officer.roles, max(within, key=len, default=""), get_language())


def _public_navigation(path: str) -> SafeString:
    return _drawn_navigation(_("Public pages"), ways.navigation(path))


def _drawn_navigation(label: str, items: Sequence[Params]) -> SafeString:
    shown = {"navigation": items, "navigationLabel": label, "menuButtonText": _("Menu")}
    return render("service-navigation", shown)


# These are the same on every page, for everyone with the same roles: worked out and drawn once.
@cache
def _officers_navigation(roles: frozenset[Role], here: str, _language: str | None) -> str:
    items = [
        {"text": _(text), "href": address, "active": address == here}
        for text, address in _rooms(roles).items()
    ]
    return _drawn_navigation(_("Casework"), items) if items else ""


@cache
def _skip(_language: str | None) -> SafeString:
    shown = {"href": "#main-content", "text": _("Skip to main content")}
    return render("skip-link", shown)


@cache
def _logo(service: str) -> SafeString:
    shown = {"logoText": service, "url": "/", "containerClasses": ""}
    return render("generic-header", shown)


@cache
def _rooms(roles: frozenset[Role]) -> Mapping[str, str]:
    """List the rooms that these roles open, with their addresses."""
    open_to = [room for room in ROOMS if room.needs is None or roles & MATRIX[room.needs]]
    return {room.text: reverse(room.page) for room in open_to}


@cache
def _own(_language: str | None) -> Mapping[str, str]:
    """Give where an officer finds their own page, and signs out."""
    return {
        "page": reverse("you"),
        "page_text": _("Your work and account"),
        "sign_out": reverse("account_logout"),
        "sign_out_text": _("Sign out"),
    }


@cache
def _assets() -> SafeString:
    """Draw what every page loads. Its names change with the program, never while it runs."""
    return render_to_string("evenhand/parts/assets.html")


@cache
def _shortcuts(roles: frozenset[Role], _language: str | None) -> SafeString:
    """Draw the keys that lead somewhere these roles may go."""
    keys = [
        {"keys": keys, "text": _(text), "href": reverse(page) + field}
        for keys, text, page, field, needs in SHORTCUTS
        if needs is None or roles & MATRIX[needs]
    ]
    return render_to_string("evenhand/parts/shortcuts.html", {"shortcuts": keys})


@cache
def _footer(_language: str, _browser: str, *, has_mails: bool) -> SafeString:
    """Draw the foot of a page; officers of a demo can read its mail."""
    mails = [(gettext_noop("Mail of this demo"), reverse("demo_mails"))] if has_mails else []
    shown = [{"text": _(text), "href": in_language(href)} for text, href in (*FOOTER, *mails)]
    made_with = _("Made with %(service)s, open-source casework software.") % {"service": SERVICE}
    return render_to_string("evenhand/parts/footer.html", {"links": shown, "made_with": made_with})


def _asked_to_accept(officer: Officer) -> str:
    """Ask for the instructions to be accepted, from when they are to be and not once they block."""
    if not officer.is_instructed:
        return _(
            "You have not accepted the instructions in force within a year, so you cannot decide"
            " anything."
        )
    if officer.accepts_by is None:
        return ""
    return _(
        "Accept the instructions in force by %(day)s. From the day after you cannot decide"
        " anything."
    ) % {"day": times.day(officer.accepts_by)}


def _reminder(preferences: Preferences, officer: Officer, *, now: datetime) -> str:
    """Remind of a break whoever wanted to be reminded. Nobody else learns of it."""
    if not preferences.may_remind(now):
        return ""
    since = consultations.since_break(officer=officer, now=now)
    if not is_due(preferences.breaks, since):
        return ""
    return _(
        "You wanted to be reminded of a break. Referrals you opened since the last: %(referrals)d."
        " Minutes: %(minutes)d. A pause of ten minutes begins the count anew."
    ) % {"referrals": since.referrals, "minutes": since.minutes}


@cache
def _phase(_language: str | None) -> SafeString:
    text = _("Fictional cases only. Do not enter anything about real people or content.")
    return render("phase-banner", {"tag": {"text": _("Demo")}, "text": text})
