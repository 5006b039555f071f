"""A still leaves without what its file says of place and device, and with its picture untouched."""

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest

from evenhand.rules.captures_cleaned import CLEANERS, cleaned
from evenhand.rules.captures_formats import Format
from evenhand.rules.exports import NotCleaned
from tests.capture_files import FILES, JPEG, png, webp

EXIFTOOL = which("exiftool")
PLACE = b"Exif\0\0 lies at 51.5, -0.1"
APP1 = b"\xff\xe1" + (len(PLACE) + 2).to_bytes(2, "big") + PLACE
COLOURS = b"\xff\xe2\0\x10ICC_PROFILE\0ab"
GIF = FILES[Format.GIF]
LOOP = b"!\xff\x0bNETSCAPE2.0\3\1\0\0\0"
HERE, TIMES = b"!\xfe\4here\0", b"!\xf9\4\0\0\0\0\0"
XMP = b"!\xff\x0bXMP DataXMP\3abc\0"
VP8X = b"VP8X\x0a\0\0\0" + b"\x2c\0\0\0" + b"\1\0\0\2\0\0"
PICTURE = b"VP8 \3\0\0\0abc\0"
TABLE = b"GIF89a\2\0\3\0\x80\0\0" + b"\1\2\3\4\5\6"
BROKEN = {
    "png cut in a chunk": (Format.PNG, png()[:30]),
    "png without an end": (Format.PNG, png()[:-12]),
    "png with something in its end": (Format.PNG, png()[:-12] + b"\0\0\0\4IENDhere\0\0\0\0"),
    "jpeg with its shape cut": (Format.JPEG, b"\xff\xd8\xff\xe0\0\7JFIF\0" + JPEG[20:]),
    "webp cut in a chunk": (Format.WEBP, webp(b"VP8 \x63\0\0\0abc")),
    "webp with an empty head": (Format.WEBP, webp(b"VP8X\0\0\0\0")),
    "gif of no blocks": (Format.GIF, TABLE + b"?!"),
    "gif cut in a block": (Format.GIF, GIF[:-5]),
    "gif cut in its head": (Format.GIF, b"GIF89a"),
    "jpeg cut in a segment": (Format.JPEG, JPEG[:20]),
    "jpeg of no segments": (Format.JPEG, b"\xff\xd8abcd"),
    "jpeg with a segment too short": (Format.JPEG, b"\xff\xd8\xff\xe1\0\1ab"),
    "jpeg with a segment too long": (Format.JPEG, b"\xff\xd8\xff\xe1\x99\1ab"),
    "jpeg without an end": (Format.JPEG, JPEG[:-2]),
}


@pytest.mark.parametrize("of", CLEANERS)
def test_a_still_that_says_nothing_stays_as_it_is(of: Format) -> None:
    bare = FILES[of] if of is not Format.PNG else cleaned(of, FILES[of])
    assert cleaned(of, bare) == bare


@pytest.mark.parametrize("of", sorted(set(Format) - set(CLEANERS)))
def test_what_is_no_still_is_given_as_it_is(of: Format) -> None:
    assert cleaned(of, FILES[of]) == FILES[of]


@pytest.mark.parametrize(
    ("of", "said", "left"),
    [
        (Format.JPEG, JPEG[:2] + APP1 + COLOURS + JPEG[2:], JPEG[:2] + COLOURS + JPEG[2:]),
        (Format.JPEG, JPEG[:2] + b"\xff\xfe\0\6here" + JPEG[2:], JPEG),
        (Format.JPEG, JPEG + JPEG, JPEG),
        (Format.JPEG, JPEG[:4] + b"\0\x13" + JPEG[6:18] + b"\1\1abc" + JPEG[20:], JPEG),
        (Format.PNG, cleaned(Format.PNG, png()) + png() + b"here", cleaned(Format.PNG, png())),
        (Format.GIF, GIF[:13] + XMP + LOOP + HERE + GIF[13:], GIF[:13] + LOOP + GIF[13:]),
        (Format.GIF, TABLE + HERE + TIMES + GIF[13:], TABLE + TIMES + GIF[13:]),
        (
            Format.WEBP,
            webp(VP8X + b"EXIF\4\0\0\0here" + PICTURE + b"XMP \4\0\0\0here"),
            webp(VP8X.replace(b"\x2c", b"\x20") + PICTURE),
        ),
    ],
)  # fmt: skip
def test_place_comments_and_second_pictures_go(of: Format, said: bytes, left: bytes) -> None:
    assert cleaned(of, said) == left


def test_a_png_keeps_what_it_is_drawn_with() -> None:
    assert b"here" not in cleaned(Format.PNG, png(body=b"Comment\0here"))


@pytest.mark.parametrize("what", BROKEN)
def test_a_still_that_cannot_be_gone_through_does_not_leave(what: str) -> None:
    of, data = BROKEN[what]
    with pytest.raises(NotCleaned):
        cleaned(of, data)


@pytest.mark.skipif(EXIFTOOL is None, reason="exiftool is not installed")
@pytest.mark.parametrize("of", [Format.JPEG, Format.PNG, Format.WEBP])
def test_exiftool_finds_the_place_before_and_nothing_after(of: Format, tmp_path: Path) -> None:
    still = tmp_path / f"still.{of}"
    still.write_bytes(FILES[of])
    told = ("-GPSLatitude=51.5", "-GPSLatitudeRef=N", "-XMP:City=London", "-Comment=here")
    subprocess.run([str(EXIFTOOL), "-q", "-m", *told, still], check=True)
    assert {"GPSLatitude", "City"} <= set(_tags(still))
    still.write_bytes(cleaned(of, still.read_bytes()))
    assert not [it for it in _tags(still) if it.startswith("GPS") or it in {"City", "Comment"}]


def _tags(still: Path) -> dict[str, object]:
    run = subprocess.run([str(EXIFTOOL), "-j", still], capture_output=True, check=True)
    [found] = json.loads(run.stdout)
    return dict(found)
