"""The rules this desk keeps, its clocks, and the fields that it holds, for everyone to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.queries.clocks import law_clocks
from evenhand.rules.catalogue import every_rule
from evenhand.rules.register_desk import REGISTER
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody, in_language
from evenhand.web.rules_kept.held import kinds_kept, shelf
from evenhand.web.rules_kept.present import clocks_table, grouped


@require_safe
@for_everybody
def rules(request: HttpRequest) -> HttpResponse:
    """List every rule that can refuse something, with its clause."""
    found = every_rule()
    shown = {"rooms": grouped(found), "count": len(found)}
    return render(request, "evenhand/rules_kept/rules.html", shown)


@require_safe
@for_everybody
def register(request: HttpRequest) -> HttpResponse:
    """List every kind of record that is held: what for, why it may be, and how long."""
    tables = {it.table for it in REGISTER}
    there = {it: in_language(reverse("register_table", args=[it])) for it in tables}
    shown = {
        "table": kinds_kept(REGISTER, there),
        "count": len(REGISTER),
        "kinds": len(tables),
    }
    return render(request, "evenhand/rules_kept/register.html", shown)


@require_safe
@for_everybody
def register_table(request: HttpRequest, table: str) -> HttpResponse:
    """List every field of one kind of record, with its readers and its time."""
    found = shelf(table, REGISTER)
    if found is None:
        raise Http404
    return render(request, "evenhand/rules_kept/register_table.html", {"shelf": found})


@require_safe
@for_everybody
def clocks(request: HttpRequest) -> HttpResponse:
    """List the clocks of law: how long each is, its source, and how far that was read."""
    found = law_clocks()
    shown = {"clocks": clocks_table(found.rows), "until": times.day(found.uk.known_until)}
    return render(request, "evenhand/rules_kept/clocks.html", shown)
