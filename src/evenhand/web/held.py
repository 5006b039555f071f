"""Who outside this desk holds a referral as an export, on the pages of that referral."""

from collections.abc import Iterator

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from evenhand.queries import exports
from evenhand.rules.officers import Officer
from evenhand.web import times
from evenhand.web.components import Params


def who_holds(reference: str, officer: Officer) -> Iterator[Params]:
    """Give a row that names who took an export of a referral, if anybody did."""
    found = exports.taken_of(reference, officer=officer)
    if found:
        said = (
            (f"{it.recipient}, {it.organisation}, {times.moment(it.taken_at)}",)
            for it in found
            if it.taken_at
        )
        held = format_html_join("", "{}<br>", said)
        yield {"key": {"text": _("Who holds an export of it")}, "value": {"html": held}}
