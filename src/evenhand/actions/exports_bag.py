"""What is in the bag of an export: captures sealed anew, the facts, and the chain of custody."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from evenhand.ledger.acts import Act
from evenhand.rules.captures import CaptureDamaged, CaptureNotKept, away
from evenhand.rules.captures_cleaned import CLEANERS, cleaned
from evenhand.rules.captures_formats import BY_FORMAT, Format
from evenhand.rules.words import words
from evenhand.seal.age import PIECE, FileDamaged, FileNotSealed, Sealing, opened
from evenhand.store import capture_files
from evenhand.store.captures import CaptureRow, CaptureTimeRow, time_of, until_stopped
from evenhand.store.exports import ExportRow, chain_of
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.transports.bag import Part, bagged, part
from evenhand.transports.case import Exhibit, Facts, Link, as_case

SAID = (
    "case.jsonld: the facts of the referral and the chain of custody, as CASE/UCO.\n"
    "captures/*.age: the captures, sealed to your public key (https://age-encryption.org).\n"
    "Stills have lost EXIF, XMP, comments and previews; both hashes are in case.jsonld.\n"
    "Their colour profiles stay, and may name a make of device.\n"
    "Videos, PDFs and saved pages are as they were taken.\n"
)
STAMPED = (
    "timestamps/*.tsr: timestamps (RFC 3161) over the SHA-256 of captures as they were taken.\n"
    "The .pem beside each has the certificates that the desk trusted. Compare them with those\n"
    "that the authority publishes. Then, in this folder:\n"
)
CUSTODY = frozenset(
    {
        Act.REFERRAL_LOGGED,
        Act.REFERRAL_APPROVED,
        Act.NOTICE_ACCEPTED,
        Act.NOTICE_SENT_BY_HAND,
        Act.CAPTURE_TAKEN,
        Act.CAPTURE_TIMESTAMPED,
        Act.CAPTURE_CONSULTED,
        Act.EXPORT_ASKED,
        Act.EXPORT_ALLOWED,
        Act.EXPORT_TAKEN,
    }
)
"""What of the log is custody. Nothing else leaves: DPA 2018 s.37, not excessive."""


@dataclass(frozen=True, slots=True)
class SealedCapture:
    """A capture that was sealed to a recipient, and the file on this machine that it lies in."""

    exhibit: Exhibit
    file: Path
    time: CaptureTimeRow | None

    def remove(self) -> None:
        """Remove the file."""
        self.file.unlink(missing_ok=True)

    def as_part(self) -> Part:
        """Give it as a part of a bag. Its bytes end with CaptureLocked once it is stopped."""
        it = self.exhibit
        return Part(it.sealed_name, it.sealed_size, it.sealed_sha256, self._pieces)

    def timestamp(self) -> Iterator[Part]:
        """Give its timestamp, if it has one, with the certificates that it is verified against."""
        if self.time:
            name = f"data/timestamps/{self.exhibit.id.hex}"
            yield part(f"{name}.tsr", bytes(self.time.response))
            yield part(f"{name}.pem", self.time.certificates.encode())

    def how_to_verify(self) -> str:
        """Say how OpenSSL verifies its timestamp; nothing where there is none."""
        if self.time is None:
            return ""
        it, name = self.exhibit, f"timestamps/{self.exhibit.id.hex}"
        return f"openssl ts -verify -digest {it.sha256} -in {name}.tsr -CAfile {name}.pem\n"

    def _pieces(self) -> Iterator[bytes]:
        return until_stopped(self.exhibit.id, _read(self.file))


def sealed(capture: CaptureRow, lock: str) -> SealedCapture:
    """Seal a capture anew to a public key of age; a still without what its file says of its place.

    Raises NotCleaned, CaptureDamaged, CaptureAway, CaptureNotKept, and leaves nothing then.
    """
    file = capture_files.incoming(uuid4())
    with ExitStack() as undone:
        sealing = Sealing(file, lock)
        undone.callback(sealing.abandon)
        try:
            left = _pour(capture, sealing)
            sealing.finish()
        except (FileDamaged, FileNotFoundError) as error:
            raise _damaged() from error
        except OSError as error:
            raise away() from error
        except FileNotSealed as error:
            raise CaptureNotKept(
                words("The captures could not be sealed, so nothing left."),
                do=words("Try again in a moment. If it fails again, tell your administrator."),
            ) from error
        undone.pop_all()
    as_sealed = _measured(_read(file))
    exhibit = Exhibit(
        id=capture.id,
        media_type=BY_FORMAT[Format(capture.format)].media_type,
        taken_at=capture.taken_at,
        offset=capture.clock_offset,
        size=capture.size,
        sha256=bytes(capture.sha256).hex(),
        left_size=left.size,
        left_sha256=left.sha256,
        is_cleaned=Format(capture.format) in CLEANERS,
        sealed_name=f"data/captures/{capture.id.hex}{capture_files.ENDING}",
        sealed_size=as_sealed.size,
        sealed_sha256=as_sealed.sha256,
    )
    return SealedCapture(exhibit, file, time_of(capture))


def in_bag(
    row: ExportRow, captures: Sequence[SealedCapture], platform: str, *, at: datetime
) -> Sequence[Part]:
    """Give every part of the bag of an export. Needs its referral, agreement and their keys."""
    referral = row.referral
    facts = Facts(
        id=row.id,
        reference=referral.reference,
        desk=settings.DESK.name,
        address=unsealed(referral, open_record_key(referral.key), "url"),
        platform=platform,
        observed_at=referral.observed_at,
        state=referral.state,
        exhibits=[it.exhibit for it in captures],
        chain=list(_chain([referral.id, row.id, *row.captures])),
    )
    told = {
        "Source-Organization": settings.DESK.name,
        "Contact-Email": settings.DESK.contact_email,
        "External-Identifier": str(row.id),
        "Bagging-Date": at.date().isoformat(),
    }
    payload = [
        part("data/README.txt", _said(captures).encode()),
        part("data/case.jsonld", as_case(facts)),
        *(it.as_part() for it in captures),
        *chain.from_iterable(it.timestamp() for it in captures),
    ]
    return bagged(payload, told)


def _said(captures: Sequence[SealedCapture]) -> str:
    commands = "".join(it.how_to_verify() for it in captures)
    return f"{SAID}{STAMPED}{commands}" if commands else SAID


@dataclass(slots=True)
class _Measure:
    size: int
    sha256: str


def _measured(pieces: Iterator[bytes]) -> _Measure:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return _Measure(size, digest.hexdigest())


def _pour(capture: CaptureRow, sealing: Sealing) -> _Measure:
    """Give a capture to be sealed, as it leaves; say how long that is, and its hash."""
    key = open_record_key(capture.referral.key)
    came = opened(lambda: capture_files.found(capture.id), unsealed(capture, key, "identity"))
    digest = hashlib.sha256()

    def compared() -> Iterator[bytes]:
        for piece in came:
            digest.update(piece)
            yield piece
        if digest.digest() != bytes(capture.sha256):
            raise _damaged()

    leaves = compared()
    format_ = Format(capture.format)
    if format_ in CLEANERS:  # At most 50 MB.
        leaves = iter([cleaned(format_, b"".join(leaves))])

    def sealed_too() -> Iterator[bytes]:
        for piece in leaves:
            sealing.write(piece)
            yield piece

    return _measured(sealed_too())


def _chain(records: Sequence[UUID]) -> Iterator[Link]:
    """Tell what was done with the captures and the referral that a court asks after, by no one."""
    for stored, told in chain_of(records):
        if told.act not in CUSTODY:
            continue
        yield Link(
            number=stored.number,
            leaf_hash=stored.leaf_hash.hex(),
            act=told.act,
            at=datetime.fromisoformat(str(told.fields["at"])),
            about=UUID(stored.obj),
        )


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as sealed:
        while piece := sealed.read(PIECE):
            yield piece


def _damaged() -> CaptureDamaged:
    return CaptureDamaged(
        words("The file of a capture is missing, or was altered."),
        do=words("Tell whoever looks after this service. Do not rely on the capture."),
    )
