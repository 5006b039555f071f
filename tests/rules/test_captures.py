"""What may be kept of the content as a file, told from the file itself."""

import struct
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules import captures
from evenhand.rules.captures import (
    LARGEST,
    MOST_CAPTURES,
    CaptureLocked,
    CaptureReasonMissing,
    CapturesOff,
    CaptureTimeWrong,
    CaptureTooBig,
    CaptureUnreadable,
    How,
    NoMoreCaptures,
    NotHandedOver,
    Taking,
)
from evenhand.rules.captures_formats import (
    BY_FORMAT,
    FORMATS,
    HEAD,
    MEASURES,
    MOST_BYTES,
    TAIL,
    Ends,
    Format,
    Kind,
    begun,
    can_be_drawn,
)
from evenhand.rules.handover import ENDED, OPEN
from evenhand.rules.harms import StatutoryRouteOnly
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing
from tests.builders import NOW
from tests.capture_files import FILES, JPEG, png, webp

ANTIVIRUS_TEST = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ZIP = b"PK\3\4\x14\0\0\0\x08\0" + bytes(40)


def ends(data: bytes, size: int | None = None) -> Ends:
    return Ends(data[:HEAD], data[-TAIL:], len(data) if size is None else size)


def taking(**changes: object) -> Taking:
    said: dict[str, object] = {
        "why": "It shows the threat.",
        "how": How.SCREENSHOT,
        "taken_at": NOW,
        "offset": 0,
        "of_a_child": False,
    }
    return Taking(**said | changes)  # type: ignore[arg-type]


def test_every_format_has_a_file_and_a_line() -> None:
    assert set(FILES) == set(Format) == set(BY_FORMAT)
    assert {it.kind for it in FORMATS} == set(Kind) == set(MOST_BYTES)


@pytest.mark.parametrize("of", Format)
def test_a_whole_file_is_told_from_its_content(of: Format) -> None:
    assert captures.check_whole(ends(FILES[of])).format is of
    assert [it.format for it in FORMATS if it.begins(FILES[of])] == [of]


@pytest.mark.parametrize("of", sorted(set(Format) - {Format.MP4, Format.WEBM}))
def test_a_file_that_is_cut_off_is_refused(of: Format) -> None:
    with pytest.raises(CaptureUnreadable):
        captures.check_whole(ends(FILES[of].rstrip()[:-3]))


@pytest.mark.parametrize("of", [Format.PNG, Format.JPEG, Format.GIF, Format.WEBP])
def test_a_still_that_is_an_archive_too_is_refused(of: Format) -> None:
    with pytest.raises(CaptureUnreadable):
        captures.check_whole(ends(FILES[of] + ZIP))


@pytest.mark.parametrize(
    "data",
    [
        ZIP,
        b"\x1f\x8b\x08" + bytes(30),
        ANTIVIRUS_TEST,
        b"%!PS-Adobe",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"MZ\x90\0",
        b"#!/bin/sh\n",
        bytes(100),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(100),
        b"\0\0\0\x20ftypM4A \0\0\0\0M4A isom" + bytes(100),
        ZIP + FILES[Format.PDF],
    ],
)
def test_whatever_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(CaptureUnreadable):
        captures.check_whole(ends(data))
    with pytest.raises(CaptureUnreadable):
        captures.check_so_far(data.ljust(HEAD, b"\0"), HEAD)


def test_nothing_is_refused_before_enough_came_to_tell() -> None:
    assert captures.check_so_far(b"\x89P", 2) is None
    with pytest.raises(CaptureUnreadable, match="empty"):
        captures.check_whole(ends(b""))


@pytest.mark.parametrize("of", Format)
def test_a_file_is_refused_as_soon_as_it_is_too_large_for_its_kind(of: Format) -> None:
    most = MOST_BYTES[BY_FORMAT[of].kind]
    assert captures.check_so_far(FILES[of], most)
    with pytest.raises(CaptureTooBig):
        captures.check_so_far(FILES[of], most + 1)


def test_what_says_of_itself_that_it_is_too_large_is_not_even_read() -> None:
    captures.check_announced(LARGEST)
    with pytest.raises(CaptureTooBig):
        captures.check_announced(5 * 1024**3)


@given(st.binary(max_size=300), st.sampled_from(sorted(FILES)))
def test_whatever_comes_is_told_or_refused(rest: bytes, of: Format) -> None:
    for data in (rest, FILES[of] + rest, FILES[of][: len(rest)] + rest):
        found = begun(data)
        if found:
            can_be_drawn(found.format, data)
        with suppress(CaptureUnreadable):
            captures.check_whole(ends(data))


@pytest.mark.parametrize("of", MEASURES)
def test_a_still_says_how_large_it_is(of: Format) -> None:
    assert can_be_drawn(of, FILES[of])
    assert not can_be_drawn(of, FILES[of][:3])


@pytest.mark.parametrize(
    "chunk",
    [
        b"VP8L" + struct.pack("<IBI", 5, 0x2F, 1 | 2 << 14),
        b"VP8 " + struct.pack("<I", 10) + bytes(6) + struct.pack("<HH", 2, 3),
    ],
)
def test_each_kind_of_webp_says_so_in_its_own_way(chunk: bytes) -> None:
    assert can_be_drawn(Format.WEBP, webp(chunk))


def test_a_still_that_would_fill_a_browsers_memory_is_not_drawn() -> None:
    assert not can_be_drawn(Format.PNG, png(60_000, 60_000))
    assert not can_be_drawn(Format.PNG, png(0, 5))
    assert not can_be_drawn(Format.WEBP, webp(b"ICCP" + bytes(30)))
    assert not can_be_drawn(Format.JPEG, JPEG[:2] + bytes(30))
    assert not can_be_drawn(Format.PDF, FILES[Format.PDF])


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_capture_is_taken_while_somebody_works_on_it(state: State) -> None:
    captures.check_may_capture("2026-000001", state, MOST_CAPTURES - 1, allowed=True)
    with pytest.raises(CapturesOff):
        captures.check_may_capture("2026-000001", state, 0, allowed=False)
    with pytest.raises(NoMoreCaptures):
        captures.check_may_capture("2026-000001", state, MOST_CAPTURES, allowed=True)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_none_is_taken_of_what_has_ended(state: State) -> None:
    with pytest.raises(NoMoreCaptures):
        captures.check_may_capture("2026-000001", state, 0, allowed=True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"of_a_child": True}, StatutoryRouteOnly),
        ({"why": " \n"}, TextMissing),
        ({"offset": 86_401}, CaptureTimeWrong),
        ({"offset": -86_401}, CaptureTimeWrong),
        ({"taken_at": NOW + timedelta(minutes=6)}, CaptureTimeWrong),
        ({"taken_at": NOW, "offset": -400}, CaptureTimeWrong),
    ],
)
def test_what_is_said_of_a_capture_is_checked(
    changes: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        captures.check_taking(taking(**changes), now=NOW)


def test_a_clock_that_was_ahead_is_believed() -> None:
    captures.check_taking(taking(taken_at=NOW + timedelta(hours=1), offset=3600), now=NOW)


def test_what_was_stopped_stays_shut_and_nothing_opens_without_a_reason() -> None:
    captures.check_unlocked(locked=False)
    with pytest.raises(CaptureLocked):
        captures.check_unlocked(locked=True)
    captures.check_stopped(locked=True)
    with pytest.raises(NotHandedOver):
        captures.check_stopped(locked=False)
    captures.check_reason_to_open("To compare it.")
    with pytest.raises(CaptureReasonMissing):
        captures.check_reason_to_open("\u200b ")
