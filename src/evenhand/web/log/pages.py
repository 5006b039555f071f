"""Serves the log's checkpoint and tiles from their folder, and says in words what they are."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.ledger.broken import Malformed
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.files import reader_of
from evenhand.ledger.tiles import parse_path
from evenhand.queries import log as published
from evenhand.web.log import present

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Say what the log is, how far it is signed, and who cosigned it when."""
    found = published.progress(settings.DESK.witness_policy)
    shown = present.log(found, now=timezone.now())
    return render(request, "evenhand/log/log.html", shown)


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Give the newest published checkpoint."""
    return _file(CHECKPOINT, TEXT, FOR_NOW)


@require_safe
def policy(_request: HttpRequest) -> HttpResponse:
    """Give the log's public keys and the witnesses that the desk asks."""
    found = published.policy(settings.DESK.witness_policy)
    return _open_to_all(HttpResponse(found, content_type=TEXT), FOR_NOW)


@require_safe
def tile(_request: HttpRequest, rest: str) -> HttpResponse:
    """Give a tile or a bundle of entries. It never changes under its name."""
    try:
        path = parse_path(f"tile/{rest}").path
    except Malformed as error:
        raise Http404 from error
    return _file(path, BYTES, FOR_GOOD)


def _file(path: str, kind: str, kept: str) -> HttpResponse:
    try:
        data = reader_of(settings.LOG_FOLDER)(path)
    except FileNotFoundError as error:
        raise Http404 from error
    return _open_to_all(HttpResponse(data, content_type=kind), kept)


def _open_to_all(response: HttpResponse, kept: str) -> HttpResponse:
    """Let caches keep it so long, and pages of anybody read it: it holds nothing personal."""
    response.headers["Cache-Control"] = kept
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
