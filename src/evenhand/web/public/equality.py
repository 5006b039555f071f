"""The equality tally of a quarter for everybody: groups, coverage, small numbers hidden. FOI X6."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries import equality
from evenhand.queries.equality import Tallied
from evenhand.rules.disparity import Quarter, QuarterWrong, read_quarter
from evenhand.rules.equality import ANSWERS, Basis, Part
from evenhand.rules.intervals import Interval
from evenhand.rules.publishing_tables import Published
from evenhand.web import times
from evenhand.web.attempts import attempted
from evenhand.web.components import Params
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.words import Words, translated

BASES: Mapping[Basis, Words] = {
    Basis.PERCEIVED: later("An officer perceived it"),
    Basis.STATED: later("The person stated it"),
    Basis.NOT_ASKED: later("Nobody was asked, and nobody perceived it"),
}
PARTS: Mapping[Part, Words] = {
    Part.POSTER: later("Poster"),
    Part.SUSPECT: later("Suspect"),
    Part.VICTIM: later("Victim"),
    Part.WITNESS: later("Witness"),
}


@require_safe
@for_everybody
def monitoring(request: HttpRequest) -> HttpResponse:
    """Show the tally of the last quarter, or of an earlier one (``?quarter=2026-Q3``)."""
    found = equality.monitoring(asked_quarter(request), today=timezone.localdate())
    before = found.quarter.before
    shown = {
        "quarter": times.quarter(found.quarter.start, found.quarter.end),
        "before": times.quarter(before.start, before.end),
        "earlier": in_language(f"{reverse('public_equality')}?quarter={before}"),
        "is_kept": found.is_kept,
        "is_over": found.is_over,
        "tallied": [_shown(it) for it in found.tallied],
        "not_asked": found.not_asked,
    }
    return render(request, "evenhand/public/equality.html", shown)


def asked_quarter(request: HttpRequest) -> Quarter:
    """Read which quarter is asked for."""
    try:
        return read_quarter(request.GET.get("quarter", ""), today=timezone.localdate())
    except QuarterWrong as refused:
        attempted(request, refused)
        raise Http404 from refused


def _shown(it: Tallied) -> Mapping[str, Any]:
    return {
        "title": BASES[it.basis],
        "table": _table(it.basis, it.table) if it.table else None,
        "says": translated(it.says) if it.says else "",
        "coverage": told(it.coverage) if it.coverage else "",
    }


def _table(basis: Basis, table: Published) -> Params:
    return {
        "head": [{"text": _("Group")}, *map(_number, _columns())],
        "rows": list(_rows(basis, table)),
        "firstCellIsHeader": True,
    }


def _columns() -> list[str]:
    return [*(str(PARTS[it]) for it in Part), _("All")]


def _rows(basis: Basis, table: Published) -> Iterator[list[Params]]:
    for group, text in (*ANSWERS[basis].items(), (None, "")):
        row = {("group", group)} if group is not None else set()
        keys = [frozenset({*row, ("part", str(part))}) for part in Part]
        numbers = [table.text(key) for key in (*keys, frozenset(row))]
        yield [{"text": translated(text) if text else _("All")}, *map(_number, numbers)]


def _number(text: str) -> Params:
    return {"text": text, "format": "numeric"}


def told(it: Interval) -> str:
    """Write a share with its interval: “76 % (66 % to 84 %)”."""
    percent = {"value": it.value * 100, "least": it.least * 100, "most": it.most * 100}
    return _("%(value).0f%% (%(least).0f%% to %(most).0f%%)") % percent
