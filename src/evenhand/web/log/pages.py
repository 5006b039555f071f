"""Serves the log's checkpoint and tiles from their folder, and says in words what they are."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.ledger.broken import Malformed
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.files import reader_of
from evenhand.ledger.tiles import ENTRIES, parse_path
from evenhand.queries import log as published
from evenhand.web.for_everybody import for_everybody
from evenhand.web.log import present

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"
FIRST = 1
"""The number of the desk's first log. It stands at ``/log/``, and each later one below that."""


@require_safe
@for_everybody
def log(request: HttpRequest) -> HttpResponse:
    """Say what the log is, how far it is signed, and who cosigned it when."""
    found = published.progress(settings.DESK.witness_policy)
    shown = present.log(found, now=timezone.now())
    return render(request, "evenhand/log/log.html", shown)


@require_safe
def checkpoint(_request: HttpRequest, number: int = FIRST) -> HttpResponse:
    """Give the newest published checkpoint of one of the desk's logs."""
    return _file(number, CHECKPOINT, TEXT, FOR_NOW)


@require_safe
def policy(_request: HttpRequest, number: int = FIRST) -> HttpResponse:
    """Give the log's public keys and the witnesses that the desk asks."""
    folder = _folder_of(number)
    closed = None if folder == settings.LOG_FOLDER else number
    found = published.policy(settings.DESK.witness_policy, closed=closed)
    return _open_to_all(HttpResponse(found, content_type=TEXT), FOR_NOW)


@require_safe
def tile(_request: HttpRequest, rest: str, number: int = FIRST) -> HttpResponse:
    """Give a tile of hashes. It never changes under its name. Entries are not for everybody."""
    try:
        asked = parse_path(f"tile/{rest}")
    except Malformed as error:
        raise Http404 from error
    if asked.level == ENTRIES:
        raise Http404
    return _file(number, asked.path, BYTES, FOR_GOOD)


def _file(number: int, path: str, kind: str, kept: str) -> HttpResponse:
    try:
        data = reader_of(_folder_of(number))(path)
    except FileNotFoundError as error:
        raise Http404 from error
    return _open_to_all(HttpResponse(data, content_type=kind), kept)


def _folder_of(number: int) -> Path:
    """Give the folder of a log: a new one has a new address, since caches keep tiles for good."""
    log: Path = settings.LOG_FOLDER
    closed = published.closed_folder(log, number)
    if closed.exists():
        return closed
    if number != FIRST and not published.closed_folder(log, number - 1).exists():
        raise Http404
    return log


def _open_to_all(response: HttpResponse, kept: str) -> HttpResponse:
    """Let caches keep it so long, and pages of anybody read it: it holds nothing personal."""
    response.headers["Cache-Control"] = kept
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
