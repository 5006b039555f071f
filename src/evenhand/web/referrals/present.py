"""Lists of referrals in words: what was found, what was logged, what the desk has already."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evenhand.queries.platforms import called
from evenhand.queries.referrals import ReferralLine
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.referrals import State
from evenhand.web import labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params, render
from evenhand.web.sheets import short_address


def listed(lines: Sequence[ReferralLine], names: Mapping[str, str], *, officer: Officer) -> Params:
    """Show referrals as a list: what each is, and its two states side by side.

    ``names`` says what their platforms are called.
    """
    logged_on, withheld, now = _("logged %(day)s"), _no_address(officer), get_language()
    items = [
        {
            "title": {"text": line.reference},
            "href": of_referral(line.reference),
            "hint": {"html": _hint(line, names[line.platform], logged_on, withheld)},
            "status": {"html": _two_states(line.state, line.platform_status, now)},
        }
        for line in lines
    ]
    return {"idPrefix": "referral", "items": items}


def more(query: str) -> Params:
    """Lead to the next page, which this query names."""
    return {"next": {"href": f"?{query}", "text": _("Next page")}}


def logged(lines: Sequence[ReferralLine]) -> Mapping[str, Any]:
    """Confirm what was logged."""
    title = ngettext("Content logged", "%(count)d referrals logged", len(lines))
    one = lines[0].reference if len(lines) == 1 else ""
    names = called({it.platform for it in lines})
    return {
        "title": title % {"count": len(lines)},
        "reference": one,
        "lines": [(it.reference, _next_of(it, names[it.platform])) for it in lines],
        "to_triage": next((it.reference for it in lines if it.state is State.LOGGED), ""),
    }


def two_states(line: ReferralLine) -> SafeString:
    """Draw the desk's state and, once there is one, the platform's status, each with its name."""
    return _two_states(line.state, line.platform_status, get_language())


@lru_cache(maxsize=len(State) * len(PlatformStatus))
def _two_states(state: State, status: PlatformStatus, _language: str | None) -> SafeString:
    tags = [(_("On this desk:"), labels.STATES[state])]
    if status is not PlatformStatus.NONE_YET:
        tags.append((_("At the platform:"), labels.PLATFORM_STATUSES[status]))
    drawn = ((name, render("tag", tag.params)) for name, tag in tags)
    return format_html_join(" ", '<span class="govuk-visually-hidden">{}</span> {}', drawn)


def _hint(line: ReferralLine, platform: str, logged_on: str, withheld: str) -> SafeString:
    harm = [labels.harm_name(line.harm)] if line.harm else []
    facts = [platform, *harm, logged_on % {"day": times.local_day(line.logged_at)}]
    address = short_address(line.address or withheld)
    return SafeString(f"{escape(' · '.join(facts))}<br>{address}")


def _no_address(officer: Officer) -> str:
    if may(officer, Permission.READ_WORDS):
        return _("Address destroyed")
    return _("Address withheld")


def _next_of(line: ReferralLine, platform: str) -> str:
    if line.state is State.DUPLICATE:
        return _("Linked as a duplicate. Nothing more is done with it.")
    return platform
