"""Captures: what was seen, kept as a file where strictly needed; never of a child's abuse. A77."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evenhand.rules.captures_formats import HEAD, MOST_BYTES, Ends, Told, begun
from evenhand.rules.handover import ENDED
from evenhand.rules.harms import StatutoryRouteOnly
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import SHORT, check_own_words, check_text, says_no_word
from evenhand.rules.words import words

MOST_CAPTURES = 20
"""More of one referral are not strictly needed."""
LARGEST = max(MOST_BYTES.values())
MOST_OFFSET = 86_400
"""Seconds. A clock that is a day off was not read."""
AHEAD = timedelta(minutes=5)
_MB = 1024 * 1024


class How(StrEnum):
    """How a capture was made. Each is done by hand, of what anyone can see."""

    SCREENSHOT = "screenshot"
    SCREEN_RECORDING = "screen_recording"
    SAVED_BY_BROWSER = "saved_by_browser"
    PRINTED_TO_PDF = "printed_to_pdf"
    PHOTOGRAPH_OF_SCREEN = "photograph_of_screen"


class Scan(StrEnum):
    """Whether an antivirus looked at a file. It never says that the file is harmless."""

    NOT_SCANNED = "not_scanned"
    NOTHING_FOUND = "nothing_found"


class NoTimestamp(StrEnum):
    """Why a capture has no timestamp of an outside authority. It is asked for again."""

    NOT_YET = "not_yet"
    AWAY = "away"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    NOT_OURS = "not_ours"
    NOT_TRUSTED = "not_trusted"


class CapturesOff(Refused):
    """A desk keeps captures of content only where its profile allows them."""

    code = "E-CAP-01"
    clause = words("DPA 2018 s.35(5) and s.37: strictly necessary, not excessive")
    kind = Kind.CONFLICT


class NoMoreCaptures(Refused):
    """A capture is taken while the referral is open, and at most 20 of one referral."""

    code = "E-CAP-02"
    clause = words("DPA 2018 s.37: not excessive")
    kind = Kind.CONFLICT


class CaptureUnreadable(Refused):
    """A capture is one whole file of a format that is taken, told from its content."""

    code = "E-CAP-03"


class CaptureTooBig(Refused):
    """A capture is no larger than its kind may be."""

    code = "E-CAP-04"


class CaptureHarmful(Refused):
    """A file in which the antivirus finds something is not kept."""

    code = "E-CAP-05"
    clause = words("DPA 2018 s.66: security")


class CaptureNotKept(Refused):
    """A file is kept whole and sealed, read to its end by the antivirus if there is one, or not."""

    code = "E-CAP-06"
    clause = words("DPA 2018 s.66: security")
    kind = Kind.UNAVAILABLE


class CaptureLocked(Refused):
    """What was stopped as illegal imagery is opened by nobody."""

    code = "E-CAP-07"
    clause = words("Protection of Children Act 1978 s.1")
    verified = False
    kind = Kind.FORBIDDEN


class NotHandedOver(Refused):
    """Only a capture that was stopped is handed over unopened, to a public key of age."""

    code = "E-CAP-11"
    kind = Kind.CONFLICT


class CaptureReasonMissing(Refused):
    """Every look at a capture has a reason, given before anything is shown."""

    code = "E-CAP-08"
    clause = words("Rule of this desk, beyond the legal minimum")


class CaptureDamaged(Refused):
    """What is not whole any more is shown to nobody as evidence."""

    code = "E-CAP-09"
    clause = words("DPA 2018 s.66: integrity")
    kind = Kind.CONFLICT


class CaptureAway(Refused):
    """A capture whose store does not answer is not opened, and is not said to be damaged."""

    code = "E-CAP-12"
    kind = Kind.UNAVAILABLE


def away() -> CaptureAway:
    """Refuse to open a capture whose store does not answer."""
    return CaptureAway(
        words("The store of captures does not answer, so this capture cannot be opened now."),
        do=words("Try again in a moment. If it fails again, tell whoever runs this service."),
    )


class CaptureTimeWrong(Refused):
    """A capture was made before it is handed in, by a clock that somebody compared."""

    code = "E-CAP-10"


@dataclass(frozen=True, slots=True)
class Taking:
    """What an officer says of a capture: why it is needed, how and when it was made.

    ``taken_at`` is the time as the device showed it, ``offset`` by how many seconds that clock was
    ahead of the right time; negative: behind. ``of_a_child``: it shows, or might show, a child in
    a sexual way.
    """

    why: str
    how: How
    taken_at: datetime
    offset: int
    of_a_child: bool


def check_may_capture(reference: str, state: State, held: int, *, allowed: bool) -> None:
    """Refuse a capture where the profile allows none, the work is over, or there are enough."""
    if not allowed:
        raise CapturesOff(
            words("This desk keeps no captures."),
            do=words("Describe in words what the content shows."),
        )
    if state in ENDED:
        raise NoMoreCaptures(
            words("Referral {reference} has ended."),
            do=words("If the desk needs to work on it again, have it reopened first."),
            reference=reference,
        )
    if held >= MOST_CAPTURES:
        raise NoMoreCaptures(
            words("Referral {reference} has {most} captures, which is the most."),
            do=words("Describe in words what else the content shows."),
            reference=reference,
            most=str(MOST_CAPTURES),
        )


def check_taking(taking: Taking, *, now: datetime) -> None:
    """Refuse a capture that is of a child's abuse, or that nobody needs. Catalogue row A77."""
    if taking.of_a_child:
        raise not_kept()
    check_own_words(taking.why, at="why", most=SHORT)
    if abs(taking.offset) > MOST_OFFSET:
        raise CaptureTimeWrong(
            words("The clock of the device cannot have been off by more than a day."),
            do=words("Compare it with the right time, in seconds."),
            at="offset",
        )
    if taking.taken_at - timedelta(seconds=taking.offset) > now + AHEAD:
        raise CaptureTimeWrong(
            words("This time is in the future."),
            do=words("Give the time that the device showed, and how much its clock was ahead."),
            at="taken_at",
        )


def not_kept() -> StatutoryRouteOnly:
    """Refuse a file that shows, or might show, a child in a sexual way. Catalogue row A77."""
    return StatutoryRouteOnly(
        words("The file is not kept. Do not save, describe or send the image."),
        do=words(
            "Take the statutory route with this referral: report it to the Internet Watch"
            " Foundation or the National Crime Agency, and keep only their reference."
        ),
        at="of_a_child",
    )


def check_announced(size: int) -> None:
    """Refuse to read what says of itself that it is larger than anything that is taken."""
    if size > LARGEST:
        raise _too_big(LARGEST)


def check_so_far(head: bytes, size: int) -> Told | None:
    """Refuse a file as soon as its first bytes or its length say no; None while they say nothing.

    ``head`` are the first HEAD bytes, or all that came.
    """
    told = begun(head)
    if told is None:
        if size >= HEAD:
            raise _unreadable()
        return None
    if size > MOST_BYTES[told.kind]:
        raise _too_big(MOST_BYTES[told.kind])
    return told


def check_whole(ends: Ends) -> Told:
    """Say what a whole file is. Raises CaptureUnreadable, CaptureTooBig."""
    if not ends.size:
        raise CaptureUnreadable(
            words("The file is empty."), do=words("Make the capture again."), at="file"
        )
    told = check_so_far(ends.head, ends.size)
    if told is None:
        raise _unreadable()
    if not told.is_whole(ends):
        raise CaptureUnreadable(
            words("The file is cut off, or something else stands behind its end."),
            do=words("Make the capture again, and hand it in as it is."),
            at="file",
        )
    return told


def check_unlocked(*, locked: bool) -> None:
    """Refuse to open what was stopped."""
    if locked:
        raise CaptureLocked(
            words("This capture was stopped as illegal imagery. Nobody opens it."),
            do=words("Take the statutory route with its referral."),
        )


def check_stopped(*, locked: bool) -> None:
    """Refuse to hand over unopened what officers may open."""
    if not locked:
        raise NotHandedOver(
            words("This capture was not stopped."),
            do=words("Open it for a reason on its page, or stop it there first."),
        )


def check_reason_to_open(reason: str) -> None:
    """Refuse to show a capture to who does not say what for."""
    check_text(reason, at="reason", most=SHORT)
    if says_no_word(reason):
        raise CaptureReasonMissing(
            words("There is no reason yet for opening this capture."),
            do=words("Say in a few own words what you need to see, and for what."),
            at="reason",
        )


def _too_big(most: int) -> CaptureTooBig:
    return CaptureTooBig(
        words("The file is larger than {most} MB, which is the most for what it is."),
        do=words("Capture only the part that is strictly needed."),
        at="file",
        most=str(most // _MB),
    )


def _unreadable() -> CaptureUnreadable:
    return CaptureUnreadable(
        words("The file is no still, video, PDF or saved page in a format that is taken."),
        do=words("Use PNG, JPEG, GIF, WebP, MP4, WebM, PDF, MHTML, HTML or WARC."),
        at="file",
    )
