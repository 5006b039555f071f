"""The page of the retention schedule: the figures in force, their clause, and what is due."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from evenhand.queries import schedules
from evenhand.queries.schedules import ScheduleLine
from evenhand.rules.retention import Figures
from evenhand.rules.retention_schedules import Period
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.people.present import Part
from evenhand.web.sheets import row, tag_row
from evenhand.web.words import translated


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Show every row of the schedule in force, with how many records are due under it."""
    acting = acting_of(request)
    found = schedules.every(officer=acting.officer, today=timezone.localdate(acting.at))
    shown = {"rows": _parts(found), "count": len(found)}
    return render(request, "evenhand/disposal/schedule.html", shown)


def _parts(found: Sequence[ScheduleLine]) -> list[Part]:
    return [
        Part(
            f"{it.schedule.code}: {translated(it.schedule.kind)}",
            {"rows": list(_rows(it)), "classes": "govuk-summary-list--no-border"},
        )
        for it in found
    ]


def _rows(line: ScheduleLine) -> Iterator[Params]:
    found = line.schedule
    yield row(_("Counted from"), translated(found.start).replace("_", " "))
    yield row(_("Reviewed after"), _both(found.review, found.child_review, _("Not reviewed")))
    yield row(_("Kept at most"), _both(found.most, found.child_most, _("For good")))
    yield row(_("At the end"), translated(found.at_end))
    yield row(_("Clause"), translated(found.clause))
    if not found.verified:
        yield tag_row(_("The clause is"), Tag(_("Not verified"), "yellow"))
    yield row(_("How it is kept to"), translated(line.kept_to))
    if line.proposed:
        yield row(_("Proposed, and waiting for a second person"), _figures(line.proposed))
    if line.to_review or line.to_go:
        due = {"review": line.to_review, "go": line.to_go}
        yield row(_("Due today"), _("%(review)d to review, %(go)d to dispose of") % due)


def _both(period: Period | None, child: Period | None, without: str) -> str:
    """Say a time, and that of somebody under 18 where it is another."""
    plain = _time(period) if period else without
    if child == period or child is None:
        return plain
    return _("%(plain)s; under 18: %(child)s") % {"plain": plain, "child": _time(child)}


def _time(period: Period) -> str:
    if period.months:
        return _months(period.months)
    days = ngettext("%(count)d day", "%(count)d days", period.days)
    return days % {"count": period.days}


def _months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def _figures(of: Figures) -> str:
    said = {
        "review": _months(of.review),
        "most": _months(of.most),
        "child_review": _months(of.child_review),
        "child_most": _months(of.child_most),
    }
    told = _(
        "Reviewed after %(review)s, at most %(most)s; under 18: %(child_review)s, %(child_most)s"
    )
    return told % said
