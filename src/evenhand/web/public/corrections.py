"""What this desk published wrong, for everybody: each figure, what is right, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.queries import figures
from evenhand.web.for_everybody import for_everybody
from evenhand.web.questions import present


@require_safe
@for_everybody
def corrections(request: HttpRequest) -> HttpResponse:
    """List every correction of a published figure, the newest first."""
    shown = {"corrections": [present.correction(it) for it in figures.corrections()]}
    return render(request, "evenhand/public/corrections.html", shown)
