"""Hand-over and absences in words."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.handover import WorkLine
from evenhand.queries.officers import Ahead, Colleague
from evenhand.queries.platforms import called
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.handover import Absence
from evenhand.rules.officers import Acting, Officer, Permission, may
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.sheets import Sheet, row, standing

HAND_OVER = Sheet(
    title=later("Hand this referral over"),
    button=later("Hand over"),
    lines=(
        later("It then waits for whoever you choose, and no more for whoever had it."),
        later("Who logged and assessed it does not change; a second officer still decides."),
    ),
)


def shown(referral: ReferralInFull, _acting: Acting) -> Mapping[str, object]:
    """Show whose work the referral is now."""
    rows = [*_rows(standing(referral)), row(_("Whose work it is now"), referral.owner.name)]
    return {
        "sheet": HAND_OVER,
        "standing": {"rows": rows, "classes": "govuk-summary-list--no-border"},
    }


def with_absence(colleague: Colleague) -> str:
    """Name a colleague, and say so if they are away."""
    if colleague.away_until is None:
        return colleague.name
    return f"{colleague.name} ({away(colleague)})"


def away(colleague: Colleague) -> str:
    """Say until when a colleague is away, and who stands in."""
    if colleague.away_until is None:
        return ""
    until = times.day(colleague.away_until)
    if not colleague.stand_in:
        return _("away until %(day)s") % {"day": until}
    given = {"day": until, "name": colleague.stand_in}
    return _("away until %(day)s; %(name)s stands in") % given


def soon_away(ahead: Ahead | None) -> str:
    """Say from when to when a colleague will be away, and who stands in then."""
    if ahead is None:
        return ""
    given = {"first": times.day(ahead.first_day), "last": times.day(ahead.last_day)}
    if not ahead.stand_in:
        return _("At work; away from %(first)s to %(last)s") % given
    given["name"] = ahead.stand_in
    return _("At work; away from %(first)s to %(last)s; %(name)s stands in") % given


def described(lines: Sequence[WorkLine]) -> Iterator[tuple[str, str]]:
    """Say what each referral is, by its reference, without a word of its own."""
    names = called({it.platform for it in lines})
    return ((it.reference, _described(it, names[it.platform])) for it in lines)


def _described(line: WorkLine, platform: str) -> str:
    parts = [
        platform,
        *([labels.harm_name(line.harm)] if line.harm else []),
        str(labels.STATES[line.state].text),
        _("since %(day)s") % {"day": times.local_day(line.state_since)},
    ]
    return " · ".join(parts)


def team(colleagues: Sequence[Colleague], *, officer: Officer) -> Params:
    """List who works here, who is away, and what this officer may do about it."""
    return {"rows": [_member(it, officer) for it in colleagues]}


def standing_now(absence: Absence | None) -> str:
    """Say what is entered now."""
    if absence is None:
        return _("No absence is entered.")
    given = {"first": times.day(absence.first_day), "last": times.day(absence.last_day)}
    return _("Entered now: away from %(first)s to %(last)s.") % given


def _rows(summary: Params) -> Sequence[Params]:
    rows = summary["rows"]
    assert isinstance(rows, list)  # noqa: S101 - tells the type
    return rows


def _member(colleague: Colleague, officer: Officer) -> Params:
    links = [_link(address, text, colleague) for address, text in _ways(colleague, officer)]
    return {
        "key": {"text": colleague.name},
        "value": {
            "html": format_html(
                "{}{}",
                capfirst(away(colleague)) or soon_away(colleague.ahead) or _("At work"),
                format_html_join("", "<br>{}", ((it,) for it in links)),
            )
        },
    }


def _ways(colleague: Colleague, officer: Officer) -> list[tuple[str, str]]:
    ways = []
    if may(officer, Permission.HAND_OVER):
        ways.append((reverse("hand_over_several", args=[colleague.username]), _("Hand over work")))
    if colleague.ref == officer.ref or may(officer, Permission.MANAGE_ABSENCE):
        ways.append((reverse("absence", args=[colleague.username]), _("Enter an absence")))
    return ways


def _link(address: str, text: str, colleague: Colleague) -> SafeString:
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>',
        address,
        text,
        colleague.name,
    )
