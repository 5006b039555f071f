"""Ways to hand a desk files, and to see what is left of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from evenhand.actions import captures
from evenhand.actions.captures_coming import Coming, Received
from evenhand.rules.captures import How, Taking
from evenhand.rules.captures_formats import Format
from evenhand.rules.officers import Acting, Officer
from tests.builders import ADA, NOW
from tests.capture_files import FILES
from tests.journeys import Desk

WHY = "The words alone do not show that the knife is held to the camera."


def taking(**changes: Any) -> Taking:
    plain = Taking(
        why=WHY,
        how=How.SCREENSHOT,
        taken_at=NOW - timedelta(minutes=3),
        offset=-4,
        of_a_child=False,
    )
    return replace(plain, **changes)


@contextmanager
def coming(data: bytes, *, piece: int = 7) -> Iterator[Coming]:
    """A file that came, in pieces; at the end nothing is left of what no act has kept."""
    one = Coming()
    try:
        for start in range(0, len(data), piece):
            one.write(data[start : start + piece])
        yield one
    finally:
        one.abandon()


def taken(desk: Desk, reference: str, data: bytes = FILES[Format.PNG], by: Officer = ADA) -> UUID:
    """Have a capture kept on a desk; give its id."""
    return kept(reference, data, acting=desk.by(by))


def kept(reference: str, data: bytes = FILES[Format.PNG], *, acting: Acting) -> UUID:
    """Have a capture kept; give its id."""
    said = taking(taken_at=acting.at - timedelta(minutes=3))
    with coming(data, piece=64 * 1024) as one:
        received = one.whole(at=acting.at)
        with transaction.atomic():
            return captures.take(reference, said, received, acting=acting)


def received(one: Coming) -> Received:
    return one.whole(at=NOW)


@contextmanager
def folder_of_its_own(folder: Path) -> Iterator[None]:
    """Keep the files of captures where no other process of this run keeps any."""
    every: Any = settings.STORAGES
    options = {**every["captures"]["OPTIONS"], "location": folder / "kept"}
    storages = {**every, "captures": {**every["captures"], "OPTIONS": options}}
    with override_settings(CAPTURES_COMING_IN=folder / "incoming", STORAGES=storages):
        yield


def left() -> set[str]:
    """Name every file of captures that lies anywhere on this machine."""
    folder = Path(settings.CAPTURES_COMING_IN).parent
    return {it.name for it in folder.rglob("*") if it.is_file()}
