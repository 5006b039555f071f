"""A page of this room with one form: shown, sent once, shown again with what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.rules.officers import Acting
from evenhand.rules.refusals import Refused
from evenhand.web.doorway import STATUS
from evenhand.web.drafting import submitted_once
from evenhand.web.forms import HouseForm, add_refusals

WRONG = 422


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a page with one form is drawn, and what it shows beside the form.

    ``instead`` names the question that asks for what a rule names otherwise.
    """

    template: str
    shown: Mapping[str, object]
    instead: Mapping[str, str] = field(default_factory=dict)


def asked(
    request: HttpRequest, acting: Acting, form: HouseForm, doing: Callable[[], str], drawn: Drawn
) -> HttpResponse:
    """Answer a page with one form; ``doing`` does the act and gives the address to go to."""
    told = {**drawn.shown, "form": form}
    if request.method != "POST":
        return render(request, drawn.template, told)
    if not form.is_valid():
        return render(request, drawn.template, told, status=WRONG)
    try:
        return submitted_once(request, acting, doing)
    except Refused as refused:
        add_refusals(form, refused, instead=drawn.instead)
        return render(request, drawn.template, told, status=STATUS[refused.kind])
