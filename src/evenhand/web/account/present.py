"""Where an officer is signed in, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from evenhand.web import times

# The first that fits: the names of others are in nearly every browser's own line.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS|Chromium)/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone or iPad", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One place where an account is signed in."""

    key: int
    browser: str
    since: str
    used: str
    address: str
    is_this_one: bool


def signed_in(sessions: Sequence[UserSession], *, current: str | None) -> list[SignedIn]:
    """Show the sessions of an account, this one first, then by when they were used last."""
    shown = [
        SignedIn(
            key=it.pk,
            browser=browser(it.user_agent),
            since=times.moment(it.created_at),
            used=times.moment(it.last_seen_at),
            address=it.ip,
            is_this_one=it.session_key == current,
        )
        for it in sorted(sessions, key=lambda it: it.last_seen_at, reverse=True)
    ]
    return sorted(shown, key=lambda it: not it.is_this_one)


def browser(line: str) -> str:
    """Name the browser and the system behind the line that a browser says of itself."""
    name, system = _first(BROWSERS, line), _first(SYSTEMS, line)
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("Another browser")


def _first(known: Sequence[tuple[str, str]], line: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, line)), "")
