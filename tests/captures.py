"""Ways to hand a desk files, and to see what is left of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.test import override_settings

from evenhand.actions import captures
from evenhand.actions.captures_coming import Coming, Received
from evenhand.config.environment import captures_settings
from evenhand.rules.captures import How, Taking
from evenhand.rules.captures_formats import Format
from evenhand.rules.officers import Acting, Officer
from evenhand.store.capture_bucket import Bucket
from tests.builders import ADA, NOW
from tests.capture_files import FILES
from tests.journeys import Desk
from tests.swift import Swift

BUCKET = "evenhand.store.capture_bucket.Bucket"
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
    with _keeping(captures_settings("", folder / "kept"), folder):
        yield


@contextmanager
def bucket_of_its_own(swift: Swift, folder: Path, **options: str) -> Iterator[Bucket]:
    """Keep them in an S3-compatible store, in a bucket that was just made unless one is named."""
    told = swift.options(**({"bucket": f"captures-{uuid4().hex}"} | options))
    with _keeping({"BACKEND": BUCKET, "OPTIONS": told}, folder):
        bucket = storages["captures"]
        assert isinstance(bucket, Bucket)
        try:
            if "bucket" not in options:
                bucket._client.create_bucket(Bucket=told["bucket"])
            yield bucket
        finally:
            bucket._client.close()


@contextmanager
def _keeping(store: Any, folder: Path) -> Iterator[None]:
    every = {**settings.STORAGES, "captures": store}
    with override_settings(CAPTURES_COMING_IN=folder / "incoming", STORAGES=every):
        yield


def left() -> set[str]:
    """Name every file of captures that lies anywhere on this machine, and in the bucket."""
    folder, store = Path(settings.CAPTURES_COMING_IN).parent, storages["captures"]
    in_bucket = store.listdir("")[1] if isinstance(store, Bucket) else []
    return {it.name for it in folder.rglob("*") if it.is_file()} | {*in_bucket}


def lying(capture: UUID) -> bytes:
    """Give the sealed bytes of a capture, as the store has them."""
    with storages["captures"].open(f"{capture.hex}.age") as file:
        return bytes(file.read())


def put_behind_our_back(name: str, data: bytes) -> None:
    """Have a file in the store be another one, or a new one."""
    storages["captures"].delete(name)
    storages["captures"].save(name, ContentFile(data))
