"""The home of the public pages, and what the desk holds."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries import published_register, registers_told
from evenhand.rules.never import DOES, NEVER
from evenhand.rules.register import KEPT
from evenhand.rules.register_beside import BESIDE
from evenhand.rules.register_changes import Day, Field, RegisterDiffers
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.register_words import CALLED
from evenhand.web import times, ways
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.rules_kept.held import kinds
from evenhand.web.words import Said, translated


@require_safe
@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """Say what the desk does and never does, and where everything else is."""
    shown = {
        "desk": settings.DESK,
        "does": [(translated(it.text), it.rules) for it in DOES],
        "never": [(translated(it.text), it.rules) for it in NEVER],
        "parts": [(title, list(_ways(part))) for part, title in ways.PARTS.items()],
    }
    return render(request, "evenhand/public/home.html", shown)


@require_safe
@for_everybody
def data_held(request: HttpRequest) -> HttpResponse:
    """Say how many kinds of data are held, of what, and what changed since when."""
    found = published_register.published()
    shown = {
        "fields": len(REGISTER),
        "personal": sum(it.personal for it in REGISTER),
        "sealed": sum(it.sealed for it in REGISTER),
        "kinds": len({it.table for it in REGISTER}),
        "differs": Said(found.differs) if found.differs else None,
        "rule": RegisterDiffers.code,
        "table": kinds(REGISTER),
        "kept": [(it.value, text) for it, text in KEPT.items()],
        "days": [changed(it) for it in reversed(found.days)],
        "beside": dict.fromkeys(BESIDE.values()),
    }
    return render(request, "evenhand/public/data_held.html", shown)


def _ways(part: ways.Part) -> Iterator[tuple[str, object, object]]:
    for it in ways.of_part(part):
        yield in_language(it.href), it.text, it.about


def changed(it: Day) -> dict[str, Any]:
    """Say what changed on a day, in one line and in full."""
    return {
        "title": times.day(it.day),
        "brief": registers_told.changed(it),
        "added": _names(it.added),
        "removed": _names(it.removed),
    }


def _names(fields: Sequence[Field]) -> str:
    """Name the fields, each kind of record once."""
    tables = (
        f"{CALLED[table]} ({', '.join(column.replace('_', ' ') for _table, column in columns)})"
        for table, columns in groupby(fields, lambda it: it[0])
    )
    return "; ".join(tables)
