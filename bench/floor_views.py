"""The views of the floor: a token looked up, and one thing done."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

PAGE = 25
View = Callable[[HttpRequest], Any]


class Token(models.Model):
    """Who may ask."""

    digest = models.BinaryField(primary_key=True)
    name = models.TextField()

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        app_label = "floor"
        db_table = 'floor"."token'


class Record(models.Model):
    """A record, with plain words."""

    reference = models.UUIDField(default=uuid4)
    state = models.TextField()
    body = models.TextField()
    words = ArrayField(models.TextField())
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        app_label = "floor"
        db_table = 'floor"."record'

    def as_json(self) -> dict[str, object]:
        """Give all of it."""
        return {"reference": self.reference, "state": self.state, "body": self.body, "at": self.at}


class Log(models.Model):
    """A line of the plain log."""

    record = models.UUIDField()
    act = models.TextField()
    who = models.TextField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        app_label = "floor"
        db_table = 'floor"."log'


def signed_in(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Let in whoever shows a known token."""

    def shown(request: HttpRequest) -> HttpResponse:
        given = request.headers["Authorization"].encode()
        request.who = Token.objects.get(digest=hashlib.sha256(given).digest()).name  # type: ignore[attr-defined]
        return JsonResponse({"items": view(request)})

    return shown


def listed(rows: "models.QuerySet[Record]") -> list[dict[str, object]]:
    """Give the newest page."""
    return [row.as_json() for row in rows.order_by("-id")[:PAGE]]


@signed_in
def newest(_request: HttpRequest) -> object:
    """List the newest."""
    return listed(Record.objects.all())


@signed_in
def of_a_state(_request: HttpRequest) -> object:
    """List the newest of a state."""
    return listed(Record.objects.filter(state="open"))


@signed_in
def search(request: HttpRequest) -> object:
    """List the newest that have a word."""
    return listed(Record.objects.filter(words__contains=[request.GET["q"]]))


@signed_in
def one(request: HttpRequest) -> object:
    """Show one record."""
    row = Record.objects.get(reference=request.GET["reference"])
    return [row.as_json()]


@signed_in
def log(request: HttpRequest) -> object:
    """Show the log of one record."""
    rows = Log.objects.filter(record=request.GET["reference"]).order_by("id")
    return [{"act": row.act, "who": row.who, "at": row.at} for row in rows]


@signed_in
def create(request: HttpRequest) -> object:
    """Write one row and one log row."""
    said, now = json.loads(request.body), datetime.now(UTC)
    with transaction.atomic():
        row = Record.objects.create(state="open", body=said["description"], words=[], at=now)
        Log.objects.create(record=row.reference, act="logged", who=request.who, at=now)  # type: ignore[attr-defined]
    return [row.as_json()]


@signed_in
def change(request: HttpRequest) -> object:
    """Change one row and write one log row."""
    now = datetime.now(UTC)
    with transaction.atomic():
        row = Record.objects.select_for_update().get(reference=request.GET["reference"])
        row.state = "approved"
        row.save()
        Log.objects.create(record=row.reference, act="approved", who=request.who, at=now)  # type: ignore[attr-defined]
    return [row.as_json()]


urlpatterns = [
    path(f"{view}/", work)
    for view, work in {
        "newest": newest,
        "of-a-state": of_a_state,
        "search": search,
        "one": one,
        "log": log,
        "create": create,
        "change": change,
    }.items()
]
