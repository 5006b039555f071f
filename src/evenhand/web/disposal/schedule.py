"""The retention schedule: figures in force, what is due, and other figures by two people."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.actions import schedules as doing_with
from evenhand.queries import schedules
from evenhand.queries.schedules import ScheduleLine
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.retention import Figures
from evenhand.rules.retention_schedules import Period, Schedule
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.disposal.forms import EndForm, FiguresForm
from evenhand.web.drafting import answers
from evenhand.web.labels import Tag
from evenhand.web.one_form import shown_or_done
from evenhand.web.people.present import Part
from evenhand.web.sheets import link_row, row, tag_row, words_row
from evenhand.web.times import moment
from evenhand.web.words import translated


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Show every row of the schedule in force, with how many records are due under it."""
    acting = acting_of(request)
    found = schedules.every(officer=acting.officer, today=timezone.localdate(acting.at))
    shown = {"rows": [_part(it, acting.officer) for it in found], "count": len(found)}
    return render(request, "evenhand/disposal/schedule.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Propose other figures of one schedule, in place of any that wait."""
    acting = acting_of(request)
    found = schedules.to_set(code, officer=acting.officer)
    form = FiguresForm(answers(request, acting))

    def doing() -> str:
        doing_with.propose(code, form.figures, form.cleaned_data["reason"], acting=acting)
        messages.success(request, _("The figures are proposed. A second person approves them."))
        return reverse("schedule")

    shown = {"title": called(found), "rows": {"rows": list(_in_force(found))}}
    drawn = "evenhand/disposal/figures.html", shown
    return shown_or_done(request, acting, form, doing, drawn, instead={"figures": "most"})


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, code: str, proposal: UUID) -> HttpResponse:
    """Approve the figures that wait, as the second person."""
    acting = acting_of(request)
    found = schedules.waiting(code, proposal, officer=acting.officer)
    form = EndForm(answers(request, acting))

    def doing() -> str:
        doing_with.approve(code, seen=proposal, acting=acting)
        messages.success(request, _("The figures are in force for what ends from now on."))
        return reverse("worklist")

    proposed = [
        *_in_force(found.schedule),
        row(_("Proposed instead"), figures(found.figures)),
        row(_("By"), _("%(name)s, %(moment)s") % {"name": found.name, "moment": moment(found.at)}),
        words_row(_("Why"), found.reason),
    ]
    drawn = (
        "evenhand/disposal/approve.html",
        {
            "title": called(found.schedule),
            "rows": {"rows": proposed},
        },
    )
    return shown_or_done(request, acting, form, doing, drawn)


def called(found: Schedule) -> str:
    """Call a row of the schedule by its code and what is kept under it."""
    return f"{found.code}: {translated(found.kind)}"


def _part(line: ScheduleLine, officer: Officer) -> Part:
    rows = [*_rows(line), *_leads(line, officer)]
    return Part(called(line.schedule), {"rows": rows, "classes": "govuk-summary-list--no-border"})


def _leads(line: ScheduleLine, officer: Officer) -> Iterator[Params]:
    code = line.schedule.code
    if line.can_be_set and may(officer, Permission.PROPOSE_SCHEDULE):
        to = reverse("schedule_propose", args=[code])
        yield link_row(_("Other figures"), _("Propose figures for %(code)s") % {"code": code}, to)
    if line.proposed and may(officer, Permission.APPROVE_SCHEDULE):
        to = reverse("schedule_approve", args=[code, line.proposal])
        yield link_row(
            _("As a second person"), _("Approve figures of %(code)s") % {"code": code}, to
        )


def _in_force(found: Schedule) -> Iterator[Params]:
    yield row(_("Reviewed after"), _both(found.review, found.child_review, _("Not reviewed")))
    yield row(_("Kept at most"), _both(found.most, found.child_most, _("For good")))


def _rows(line: ScheduleLine) -> Iterator[Params]:
    found = line.schedule
    yield row(_("Counted from"), translated(found.start).replace("_", " "))
    yield from _in_force(found)
    yield row(_("At the end"), translated(found.at_end))
    yield row(_("Clause"), translated(found.clause))
    if not found.verified:
        yield tag_row(_("The clause is"), Tag(_("Not verified"), "yellow"))
    yield row(_("How it is kept to"), translated(line.kept_to))
    if line.proposed:
        yield row(_("Proposed, and waiting for a second person"), figures(line.proposed))
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


def figures(of: Figures) -> str:
    """Say four figures in one line."""
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
