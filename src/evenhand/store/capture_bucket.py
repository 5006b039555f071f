"""The sealed files of captures in a bucket of a store that speaks S3, instead of in a folder.

A file goes in by one request, so whatever breaks off leaves nothing. Every failure is an OSError
whose text is one sentence, as from a disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

PIECE = 256 * 1024
PATIENCE = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"total_max_attempts": 2, "mode": "standard"},
    s3={"addressing_style": "path"},
)
MISSING = frozenset({"404", "NoSuchKey"})
THERE = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})
NO_LOCK = frozenset({"ObjectLockConfigurationNotFoundError", "NotImplemented"})
SAID = {
    "SignatureDoesNotMatch": "refuses the key or the secret",
    "InvalidAccessKeyId": "refuses the key or the secret",
    "AccessDenied": "does not allow this key what Evenhand needs",
    "403": "does not allow this key what Evenhand needs",
    "NoSuchBucket": "has no such bucket",
}


class Bucket(Storage):
    """A bucket as a store of Django's. What is in it is written once, and removed for good."""

    def __init__(self, *, endpoint: str, bucket: str, key: str, secret: str, region: str) -> None:
        self._named = f"The store of captures at {endpoint} (bucket {bucket})"
        self._bucket = bucket
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            region_name=region,
            config=PATIENCE,
        )

    def exists(self, name: str) -> bool:
        """Say whether the bucket has a file. Raises OSError."""
        try:
            with self._asked():
                self._client.head_object(Bucket=self._bucket, Key=name)
        except FileNotFoundError:
            return False
        return True

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Give the name as it is: a file that is there is not written over, nor renamed."""
        return name

    def delete(self, name: str) -> None:
        """Remove a file in all its versions, and see that none is left. Raises OSError."""
        with self._asked():
            for version in self._versions(name):
                self._client.delete_object(
                    Bucket=self._bucket, Key=name, VersionId=version["VersionId"]
                )
            if any(self._versions(name)):
                raise OSError(f"{self._named} keeps what was deleted.")

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Name no folders, and every file of which any version is there. Raises OSError."""
        with self._asked():
            return [], sorted({it["Key"] for it in self._all_versions(path)})

    def faults(self) -> Iterator[str]:
        """Say in a sentence why files cannot be kept here, and removed for good."""
        trial = f"evenhand-check-{uuid4().hex}"
        try:
            self.listdir(trial)  # Says more of what is wrong than the other requests.
            if self._has_lock():
                yield (
                    f"{self._named} has Object Lock: what is disposed of would stay. "
                    "Use a bucket without it."
                )
                return
            self.save(trial, ContentFile(b"A trial of evenhand check."))
            self.delete(trial)
        except OSError as error:
            yield str(error)

    def _open(self, name: str, mode: str = "rb") -> BufferedReader:
        with self._asked():
            body = self._client.get_object(Bucket=self._bucket, Key=name)["Body"]
        return BufferedReader(_Coming(self, body), PIECE)

    def _save(self, name: str, content: "File[bytes]") -> str:
        if self.exists(name):
            raise FileExistsError(f"{self._named} has {name} already.")
        with self._asked():
            self._client.put_object(
                Bucket=self._bucket, Key=name, Body=content.file, IfNoneMatch="*"
            )
        return name

    def _has_lock(self) -> bool:
        try:
            with self._asked():
                self._client.get_object_lock_configuration(Bucket=self._bucket)
        except _NoLock:
            return False
        return True

    def _versions(self, name: str) -> Iterator[dict[str, Any]]:
        return (it for it in self._all_versions(name) if it["Key"] == name)

    def _all_versions(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self._bucket, Prefix=prefix):
            yield from page.get("Versions", [])
            yield from page.get("DeleteMarkers", [])

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Turn what the store refuses, or does not answer, into an OSError with a sentence."""
        try:
            yield
        except ClientError as error:
            code = error.response["Error"]["Code"]
            said = f"{self._named} {SAID.get(code, f'says {code}')}."
            if code in MISSING:
                raise FileNotFoundError(said) from error
            if code in THERE:
                raise FileExistsError(said) from error
            raise (_NoLock if code in NO_LOCK else OSError)(said) from error
        except BotoCoreError as error:
            raise OSError(f"{self._named} does not answer, or broke off.") from error


class _NoLock(OSError):
    """A bucket has no Object Lock, or its store knows none."""


class _Coming(RawIOBase):
    """The bytes of a file on their way out of a bucket."""

    def __init__(self, bucket: Bucket, body: Any) -> None:
        self._from, self._body = bucket, body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with self._from._asked():
            piece: bytes = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._body.close()
        super().close()
