"""The words of platforms and their sign-offs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.platforms import PlatformLine
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import TRANSPORTS, Tag
from evenhand.web.sheets import row, tag_row, words_row


@dataclass(frozen=True, slots=True)
class Shown:
    """A platform as listed: its name, whether sending is signed off, and the way to sign it off."""

    name: str
    tag: Params
    rows: Params
    sign_off_at: str


def listed(lines: Sequence[PlatformLine], *, today: date, may_sign_off: bool) -> list[Shown]:
    """Show the platforms in the order of the law data."""
    return [
        Shown(
            name=name_of(line),
            tag=_tag(line, today).params,
            rows={"rows": _rows(line)},
            sign_off_at=reverse("sign_off", args=[line.code]) if may_sign_off else "",
        )
        for line in lines
    ]


def name_of(line: PlatformLine) -> str:
    """Name a platform, or what stands for every site without a sign-off of its own."""
    return _("Any other site") if line.code == ANY_OTHER_SITE else line.name


def standing_now(line: PlatformLine, *, today: date) -> Params:
    """Say how the sign-off stands before it is renewed."""
    return {"rows": [tag_row(_("Now"), _tag(line, today)), *_rows(line)]}


def hint_for(line: PlatformLine) -> str:
    """Say what the address may look like."""
    if line.code != ANY_OTHER_SITE:
        return _("Such as reports@platform.example")
    return _("Write {platform} where the site’s own name belongs, such as abuse@{platform}")


def _tag(line: PlatformLine, today: date) -> Tag:
    if line.review_on is None:
        return Tag(_("Not signed off"), "red")
    if line.review_on < today:
        return Tag(_("Review overdue"), "orange")
    return Tag(_("Signed off"), "green")


def _rows(line: PlatformLine) -> list[Params]:
    if line.review_on is None or line.transport is None:
        return []
    return [
        row(_("By"), TRANSPORTS[line.transport]),
        row(_("To"), line.contact),
        words_row(_("Basis"), line.basis),
        row(_("Signed off by"), line.signed_by),
        row(_("Review on"), times.day(line.review_on)),
    ]
