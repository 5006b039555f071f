"""Two answers for machines: it lives (the database is never asked), and it is ready."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.queries.health import read_health


@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the desk can do its work: 200, or 503 with what is missing."""
    health = read_health()
    return JsonResponse(health.as_json(), status=200 if health.ok else 503)
