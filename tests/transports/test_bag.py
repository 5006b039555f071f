"""A bag comes piece by piece, is the same twice, and any ZIP program opens it."""

import hashlib
import io
import zipfile
from itertools import repeat

from evenhand.transports.bag import Part, bagged, part, zipped

PARTS = bagged([part("data/a", b"one"), part("data/b", b"")], {"Source-Organization": "A desk"})


def test_a_bag_is_the_same_twice_and_says_what_is_in_it() -> None:
    data = b"".join(zipped(PARTS, "bag"))
    assert data == b"".join(zipped(PARTS, "bag"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.read("bag/data/a") == b"one"
        assert b"Payload-Oxum: 3.2\n" in archive.read("bag/bag-info.txt")
        manifest = archive.read("bag/manifest-sha256.txt").decode()
    assert f"{hashlib.sha256(b'one').hexdigest()}  data/a\n" in manifest


def test_no_more_of_it_is_held_than_the_piece_that_comes() -> None:
    piece = bytes(64 * 1024)
    large = Part("data/large", 1600 * len(piece), "", lambda: repeat(piece, 1600))
    assert max(map(len, zipped([large], "bag"))) < 2 * len(piece)
