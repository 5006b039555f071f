"""The rules this desk keeps, its clocks, and the fields that it holds, for everyone to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries.clocks import law_clocks
from evenhand.rules.catalogue import every_rule
from evenhand.rules.register_desk import REGISTER
from evenhand.web import times
from evenhand.web.for_everybody import for_everybody
from evenhand.web.rules_kept.held import shelves
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
    """List every field that is held, with its purpose, its readers and its time."""
    shown = {"shelves": shelves(REGISTER), "count": len(REGISTER)}
    return render(request, "evenhand/rules_kept/register.html", shown)


@require_safe
@for_everybody
def clocks(request: HttpRequest) -> HttpResponse:
    """List the clocks of law: how long each is, its source, and how far that was read."""
    found = law_clocks()
    shown = {"clocks": clocks_table(found.rows), "until": times.day(found.uk.known_until)}
    return render(request, "evenhand/rules_kept/clocks.html", shown)
